import type { MouseEvent } from "react";
import { signInWords } from "@/components/staff/words";
import type { SamplePerson } from "@/lib/staff/sample-people";
import { roleLooks } from "@/lib/staff/staff";

/** The people of a sample desk, below the form's fields. Choosing one fills in their e-mail. */
export function SamplePeople({ people }: { people: SamplePerson[] }) {
  const choose = (event: MouseEvent<HTMLButtonElement>, email: string) => {
    const fields = event.currentTarget.form?.elements;
    const [address, password] = [fields?.namedItem("email"), fields?.namedItem("password")];
    if (address instanceof HTMLInputElement) address.value = email;
    if (password instanceof HTMLInputElement) password.focus();
  };
  return (
    <section aria-labelledby="sample-people" className="mt-1 border-t border-line pt-3.5">
      <h2 id="sample-people">{signInWords.sample}</h2>
      <p className="text-ink-3">{signInWords.sampleNote}</p>
      <ul className="-mx-2 mt-1.5">
        {people.map(({ id, name, email, role }) => (
          <li key={id}>
            <button
              type="button"
              onClick={(event) => choose(event, email)}
              className="grid w-full grid-cols-[minmax(0,1fr)_auto] gap-x-2 rounded-md px-2 py-1 text-left hover:bg-hover"
            >
              <span className="truncate font-medium">{name}</span>
              <span className="text-ink-3">{roleLooks[role].label}</span>
              <span className="truncate text-ink-2">{email}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
