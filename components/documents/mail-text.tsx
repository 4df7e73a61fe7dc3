import { Paperclip } from "lucide-react";
import { FileName } from "@/components/ui/file-name";
import type { Preview } from "@/lib/documents/actions";
import { documentWords } from "@/lib/documents/words";

type MailTextProps = { mail: Extract<Preview, { kind: "mail" }>["mail"] };

/** An e-mail's head, words and names of attachments. Its pictures, links and formats are left out. */
export function MailText({ mail: { head, text, attachments, cut } }: MailTextProps) {
  return (
    <div className="rounded-md border border-line bg-panel p-3">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5 border-b border-line pb-2 text-xs leading-[17px]">
        {head.map(({ name, value }) => (
          <div key={name} className="contents">
            <dt className="text-ink-3">{name}</dt>
            <dd className="wrap-anywhere text-ink">
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <p dir="auto" className="mt-2 wrap-anywhere whitespace-pre-wrap text-ink">
        {text || documentWords.noText}
      </p>
      {attachments.length > 0 ? (
        <ul aria-label={documentWords.attachments} className="mt-2 border-t border-line pt-2">
          {attachments.map((name, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two attachments may have one name, and the list never changes
            <li key={at} className="flex items-center gap-1.5 py-0.5 text-xs text-ink-2">
              <Paperclip size={12} aria-hidden="true" />
              <FileName name={name} />
            </li>
          ))}
        </ul>
      ) : null}
      {cut ? <p className="mt-2 text-ink-2">{documentWords.mailBeginning}</p> : null}
    </div>
  );
}
