import { staffWords } from "@/components/staff/words";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Time } from "@/components/ui/time";
// biome-ignore lint/style/noRestrictedImports: a type is free, a query is not
import type { StaffRow } from "@/lib/staff/queries";
import { roleLooks } from "@/lib/staff/staff";
import { StaffMenu } from "./staff-menu";

type Provider = { name: string; givesRoles: boolean };

type StaffListProps = {
  people: StaffRow[];
  ownId: string;
  timeZone: string;
  /** The company's sign-in provider; null if there is none. */
  provider: Provider | null;
};

/** Everybody who may sign in, or once could: role, state, when last seen, and the actions of an admin. */
export function StaffList({ people, ownId, timeZone, provider }: StaffListProps) {
  return (
    <table className="w-full border-collapse">
      <caption className="sr-only">{staffWords.title}</caption>
      <thead className="max-sm:sr-only">
        <tr className="h-9 border-b border-line text-left text-xs text-ink-3">
          <th scope="col" className="font-medium">
            {staffWords.name}
          </th>
          <th scope="col" className="w-28 font-medium">
            {staffWords.role}
          </th>
          <th scope="col" className="w-44 font-medium">
            {staffWords.state}
          </th>
          <th scope="col" className="w-24 text-right font-medium">
            {staffWords.lastSeen}
          </th>
          <th scope="col" className="w-12">
            <span className="sr-only">{staffWords.actions}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <StaffListRow
            key={person.id}
            person={person}
            own={person.id === ownId}
            timeZone={timeZone}
            provider={provider}
          />
        ))}
      </tbody>
    </table>
  );
}

type StaffListRowProps = { person: StaffRow; own: boolean; timeZone: string; provider: Provider | null };

function StaffListRow({ person, own, timeZone, provider }: StaffListRowProps) {
  const { id, name, email, role, lastSeenAt, assigned, linked, roleFromProvider, hasFactor } = person;
  const disabled = person.disabledAt !== null;
  return (
    <tr className="h-[54px] border-b border-line-soft max-sm:grid max-sm:h-auto max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:items-center max-sm:gap-x-2 max-sm:py-2.5">
      <th scope="row" className="max-w-0 pr-3 text-left font-normal max-sm:max-w-none">
        <span className="flex items-center gap-2.5">
          <Avatar name={name} />
          <span className="min-w-0">
            <span className={`block truncate font-medium ${disabled ? "text-ink-3" : "text-ink"}`}>
              <bdi>{name}</bdi>
              {own ? <span className="font-normal text-ink-3"> {staffWords.you}</span> : null}
            </span>
            <span className="block truncate text-xs text-ink-3">{email}</span>
          </span>
        </span>
      </th>
      <td className="text-ink-2 max-sm:order-2 max-sm:pl-[30px] max-sm:text-xs">
        <span className="block">{roleLooks[role].label}</span>
        {provider?.givesRoles && linked ? (
          <span className="block text-xs text-ink-3">
            {roleFromProvider ? staffWords.from(provider.name) : staffWords.setHere}
          </span>
        ) : null}
      </td>
      <td className="max-sm:order-4 max-sm:pl-[30px]">
        <StaffState person={person} provider={provider} timeZone={timeZone} />
      </td>
      <td className="text-right text-ink-3 tabular-nums max-sm:order-3 max-sm:text-xs">
        {lastSeenAt ? <Time at={lastSeenAt} zone={timeZone} /> : staffWords.never}
      </td>
      <td className="text-right max-sm:order-1">
        <StaffMenu
          person={{
            id,
            name,
            role,
            disabled,
            assigned,
            linked,
            roleFromProvider,
            roleRefused: person.roleRefusedAt !== null,
            hasFactor,
          }}
          own={own}
          provider={provider}
        />
      </td>
    </tr>
  );
}

function StaffState({ person, provider, timeZone }: Pick<StaffListRowProps, "person" | "provider" | "timeZone">) {
  if (person.disabledAt) return <Badge>{staffWords.disabled}</Badge>;
  if (person.roleRefusedAt) {
    return (
      <>
        <Badge tone="warn">{staffWords.noAccess}</Badge>
        <span className="block text-xs text-ink-3">
          {staffWords.noRole(provider?.name)} <Time at={person.roleRefusedAt} zone={timeZone} show="instant" />
        </span>
      </>
    );
  }
  if (person.mustChangePassword && !person.linked) return <Badge tone="warn">{staffWords.mustChange}</Badge>;
  const ways = [
    provider && person.linked ? staffWords.with(provider.name) : "",
    person.hasPassword && (person.hasFactor || (provider && person.linked)) ? staffWords.withPassword : "",
    person.hasPassword && person.hasFactor ? staffWords.twoStep : "",
  ].filter(Boolean);
  return (
    <>
      <span className="text-ink-2 max-sm:hidden">{staffWords.active}</span>
      {ways.length > 0 ? <span className="block text-xs text-ink-3">{ways.join(", ")}</span> : null}
    </>
  );
}
