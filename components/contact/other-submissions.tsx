import Link from "next/link";
import { Section } from "@/components/ui/section";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import type { OtherSubmissions } from "@/lib/contact/contact";
import { given } from "@/lib/contact/given";
import { deskWords, formatCount } from "@/lib/desk/wording";
import type { ContactFilter } from "@/lib/filter/filter";
import { contactHref } from "@/lib/filter/url";
import { isBlank } from "@/lib/text/visible-text";
import { contactWords } from "./words";

type OtherSubmissionsProps = { others: OtherSubmissions; filter: ContactFilter; zone: string; now: Date; level: 2 | 3 };

/** Other contacts from the same address: the latest few, and how many there are. */
export function OtherSubmissionsSection({ others, filter, zone, now, level }: OtherSubmissionsProps) {
  if (others.rows.length === 0) return null;
  const count = `${formatCount(others.count)}${others.exact ? "" : "+"}`;
  return (
    <Section
      id="others"
      title={contactWords.others}
      aside={others.count > others.rows.length ? contactWords.latest(others.rows.length, count) : count}
      level={level}
    >
      <ul>
        {others.rows.map((row) => (
          <li key={row.id} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 py-1">
            <Link href={contactHref(row.id, filter)} prefetch={false} className="truncate font-medium hover:underline">
              <bdi>{isBlank(row.message) ? deskWords.noMessage : row.message}</bdi>
            </Link>
            <span className="text-ink-3 tabular-nums">
              <Time at={row.timestamp} zone={zone} now={now} show="age" />
            </span>
            <span className="truncate text-xs text-ink-3">
              <bdi>{given(row.name) ?? deskWords.noName}</bdi> · <bdi>{given(row.service) ?? deskWords.noService}</bdi>
            </span>
            <StatusBadge status={row.status} className="text-xs" />
          </li>
        ))}
      </ul>
    </Section>
  );
}
