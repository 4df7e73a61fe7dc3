/** The desk's mark and name. */
export function Brand({ name }: { name: string }) {
  return (
    <span className="brand">
      <svg viewBox="0 0 32 32" className="size-5 shrink-0" aria-hidden="true">
        <rect width="32" height="32" rx="9" className="fill-ink" />
        <path
          d="M10 9.5v7a6 6 0 0 0 12 0v-7"
          fill="none"
          className="stroke-bg"
          strokeWidth="3.4"
          strokeLinecap="round"
        />
      </svg>
      <span className="truncate">{name}</span>
    </span>
  );
}
