/** Why a form was not accepted, announced when it appears. */
export function FormError({ message }: { message: string | null | undefined }) {
  return (
    <div role="alert" className={message ? "rounded-[7px] bg-fail-soft px-3 py-2 text-fail" : "sr-only"}>
      {message}
    </div>
  );
}
