import type { ReactNode } from "react";
import { FileName } from "@/components/ui/file-name";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { formatBytes } from "@/lib/desk/bytes";
import { countOf, formatCount, joinWords } from "@/lib/desk/wording";
import type { PersonPreview } from "@/lib/people/person";
import { personWords } from "./words";

type PersonHeldProps = { preview: PersonPreview; timeZone: string };

/** Everything that the desk holds about a person, by kind and number. */
export function PersonHeld({ preview, timeZone }: PersonHeldProps) {
  const { address, names, counts, latest, documents, views, mentioned, frozen, exports, references } = preview;
  return (
    <div>
      <h3 className="text-[14px] [overflow-wrap:anywhere]" dir="auto">
        {address ?? personWords.noAddress}
      </h3>
      <p className="text-ink-3 [overflow-wrap:anywhere]" dir="auto">
        {joinWords(names)}
      </p>
      <dl className="mt-3 rounded-lg border border-line bg-panel">
        <Held title="Contacts" count={counts.contacts}>
          {latest.map(({ id, sentAt, status }) => (
            <p key={id} className="flex flex-wrap gap-x-3">
              <Time at={sentAt} zone={timeZone} show="instant" /> <StatusBadge status={status} />
            </p>
          ))}
          {counts.contacts > latest.length ? <p>{personWords.more(counts.contacts - latest.length)}</p> : null}
        </Held>
        <Held title="Documents" count={counts.documents}>
          {documents.map(({ filename, size }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two documents may have one name, and the list never changes
            <p key={at} className="[overflow-wrap:anywhere]">
              <FileName name={filename} /> · {formatBytes(size)}
            </p>
          ))}
          {counts.documents > documents.length ? <p>{personWords.more(counts.documents - documents.length)}</p> : null}
          {counts.documents > 0 ? (
            <p>{countOf(counts.files, "file")} in the store that no other contact shares</p>
          ) : null}
        </Held>
        <Held title="Notes" count={counts.notes} />
        <Held title="History" count={counts.history} />
        <Held title="Website events" count={counts.events} />
        <Held title="Saved views that name them" count={counts.views}>
          {views.map(({ name, owner }) => (
            <p key={`${owner} ${name}`} dir="auto">
              {name} · {owner}
            </p>
          ))}
        </Held>
        <Held title={personWords.mentions} count={counts.mentions}>
          {mentioned.map(({ where, count }) => (
            <p key={where}>{personWords.mentionsIn(count, where)}</p>
          ))}
        </Held>
        <Held title="Contacts in frozen selections and queues" count={frozen.selections + frozen.queues} />
        {references.map(({ name, rows, keeps }) => (
          <Held key={name} title={personWords.websiteTable(name)} count={rows}>
            <p>{keeps ? personWords.keepsContact : personWords.goesWithContact}</p>
          </Held>
        ))}
      </dl>
      <div className="mt-2 flex flex-col gap-1 text-ink-3">
        {exports > 0 ? <p>{personWords.exported(exports)}</p> : null}
        <p>{personWords.backups}</p>
        <p>{personWords.remembered}</p>
        {preview.isStaff ? <p>{personWords.isStaff}</p> : null}
      </div>
    </div>
  );
}

function Held({ title, count, children }: { title: string; count: number; children?: ReactNode }) {
  return (
    <div className="grid grid-cols-[1fr_auto] gap-x-3 border-t border-line-soft px-3.5 py-2 first:border-t-0">
      <dt className="text-ink">{title}</dt>
      <dd className="text-right tabular-nums text-ink">{formatCount(count)}</dd>
      {children ? <dd className="col-span-2 text-ink-3">{children}</dd> : null}
    </div>
  );
}
