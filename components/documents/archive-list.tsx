import { FileName } from "@/components/ui/file-name";
import { formatBytes } from "@/lib/desk/bytes";
import { countOf } from "@/lib/desk/wording";
import type { Preview } from "@/lib/documents/actions";
import { documentWords } from "@/lib/documents/words";

type ArchiveListProps = { archive: Extract<Preview, { kind: "archive" }>["archive"] };

/** The names of the files in an archive, as its own list has them. Nothing of it is unpacked. */
export function ArchiveList({ archive: { entries, cut } }: ArchiveListProps) {
  const files = entries.filter(({ name }) => !name.endsWith("/")).map((entry, at) => ({ ...entry, at }));
  return (
    <div className="rounded-md border border-line bg-panel p-3">
      <p className="mb-1.5 text-ink-2">
        {(cut === null ? documentWords.archive : documentWords.archiveBeginning)(countOf(files.length, "file"))}
      </p>
      <ul>
        {files.map(({ name, size, locked, at }) => (
          <li key={at} className="flex gap-3 py-0.5 text-xs leading-[17px]">
            <FileName name={name || documentWords.noName} className="flex-1 text-ink" />
            {locked ? <span className="text-ink-3">{documentWords.locked}</span> : null}
            <span className="text-ink-3 tabular-nums">{formatBytes(size)}</span>
          </li>
        ))}
      </ul>
      {cut ? (
        <p className="mt-1.5 text-ink-2">
          {cut === "long" ? documentWords.archiveLonger : documentWords.archiveDamaged}
        </p>
      ) : null}
    </div>
  );
}
