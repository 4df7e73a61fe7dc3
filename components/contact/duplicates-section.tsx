import Link from "next/link";
import type { Subject } from "@/components/change/store/changes";
import { DuplicateButton } from "@/components/contact/duplicate-button";
import { Badge } from "@/components/ui/badge";
import { Section } from "@/components/ui/section";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { type Duplicate, describeReasons, isLikely } from "@/lib/contact/duplicates";
import { given } from "@/lib/contact/given";
import type { Loaded } from "@/lib/desk/load";
import { deskWords } from "@/lib/desk/wording";
import type { ContactFilter } from "@/lib/filter/filter";
import { contactHref } from "@/lib/filter/url";
import { isBlank } from "@/lib/text/visible-text";
import { contactWords } from "./words";

type DuplicatesProps = {
  contact: Subject;
  loading: Promise<Loaded<Duplicate[]>>;
  filter: ContactFilter;
  zone: string;
  now: Date;
  level: 2 | 3;
};

/**
 * Contacts that this one may duplicate, with the reasons. Marking it as a duplicate closes it. Empty if there are none.
 */
export async function DuplicatesSection({ contact, loading, filter, zone, now, level }: DuplicatesProps) {
  const loaded = await loading;
  if (!loaded.ok) {
    return (
      <Section id="duplicates" title={contactWords.duplicates} level={level}>
        <p className="text-ink-3">
          {contactWords.duplicatesFailed} {loaded.message}
        </p>
      </Section>
    );
  }
  if (loaded.value.length === 0) return null;
  return (
    <Section id="duplicates" title={contactWords.duplicates} aside={loaded.value.length} level={level}>
      <ul className="flex flex-col gap-2">
        {loaded.value.map((duplicate) => {
          const name = given(duplicate.name) ?? deskWords.noName;
          return (
            <li key={duplicate.id} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 gap-y-1">
              <Link
                href={contactHref(duplicate.id, filter)}
                prefetch={false}
                className="truncate font-medium hover:underline"
              >
                <bdi>{name}</bdi>
              </Link>
              <span className="flex items-baseline gap-2 text-ink-3 tabular-nums">
                <StatusBadge status={duplicate.status} className="text-xs" />
                <Time at={duplicate.timestamp} zone={zone} now={now} show="age" />
              </span>
              <bdi className="col-span-2 truncate text-ink-2">
                {isBlank(duplicate.message) ? deskWords.noMessage : duplicate.message}
              </bdi>
              <span className="col-span-2 flex flex-wrap items-center gap-1.5">
                {describeReasons(duplicate).map((reason) => (
                  <Badge key={reason} title={reason}>
                    <bdi>{reason}</bdi>
                  </Badge>
                ))}
                <span className="ml-auto">
                  <DuplicateButton
                    contact={contact}
                    original={duplicate.id}
                    label={contactWords.markDuplicate}
                    about={name}
                  />
                </span>
              </span>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

/**
 * A badge in the heading once likely duplicates are found. The same address alone is not enough, because other contacts
 * from it are shown anyway.
 */
export async function DuplicatesBadge({ loading }: Pick<DuplicatesProps, "loading">) {
  const loaded = await loading;
  const count = loaded.ok ? loaded.value.filter(isLikely).length : 0;
  if (count === 0) return null;
  return (
    <a href="#duplicates" className="ml-1">
      <Badge tone="warn">{contactWords.countDuplicates(count)}</Badge>
    </a>
  );
}
