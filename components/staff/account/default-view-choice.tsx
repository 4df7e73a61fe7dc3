"use client";
import { preferenceWords } from "@/components/staff/words";
import { Select } from "@/components/ui/form/field";
import { everyContact, type View } from "@/lib/views/view";
import { usePreference } from "./use-preference";

const kinds: Record<View["kind"], string> = preferenceWords.kinds;

type DefaultViewChoiceProps = {
  /** The views that the person may open. */
  views: Pick<View, "id" | "name" | "kind">[];
  /** The view that their inbox opens with; null for every contact. */
  value: string | null;
};

/** Chooses the view that the inbox opens with. It takes effect at once. */
export function DefaultViewChoice({ views, value }: DefaultViewChoiceProps) {
  const [chosen, choose] = usePreference("defaultView", value);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
      <label htmlFor="default-view" className="w-28 text-ink-2">
        {preferenceWords.inboxOpensWith}
      </label>
      <Select
        id="default-view"
        value={chosen ?? everyContact}
        onChange={({ target }) => choose(target.value)}
        className="w-72 max-w-full max-md:h-11"
      >
        {Object.entries(kinds).map(([kind, label]) => {
          const listed = views.filter((view) => view.kind === kind);
          return listed.length > 0 ? (
            <optgroup key={kind} label={label}>
              {listed.map(({ id, name }) => (
                <option key={id} value={id} dir="auto">
                  {name}
                </option>
              ))}
            </optgroup>
          ) : null;
        })}
      </Select>
    </div>
  );
}
