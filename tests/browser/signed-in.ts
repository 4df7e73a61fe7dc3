import { hash } from "@node-rs/argon2";
import type { Role } from "@/lib/staff/staff";
import { addContacts, removeContacts } from "./inbox-contacts";
import { createStaff, removeStaff, signInAs, type TestStaff } from "./sign-in";
import { test as base } from "./test";

type Made = Awaited<ReturnType<typeof addContacts>>;

type Fixtures = {
  /** Who is signed in. */
  person: { role: Role; name: string };
  /** That person; `context` and `page` are theirs. */
  ada: TestStaff;
  /** Makes another person. */
  addPerson: (...given: Parameters<typeof createStaff>) => Promise<TestStaff>;
  /** Makes contacts with a service of their own. */
  make: (...given: Parameters<typeof addContacts>) => Promise<Made>;
};

/** Ada's password, for tests that sign in by hand. */
export const password = "tangerine lamp quarry 9";

let passwordHash: Promise<string> | undefined;

/** `test` with a person signed in, and people and contacts of its own: all are removed when it is over. */
export const test = base.extend<Fixtures>({
  person: [{ role: "agent", name: "Ada Keller" }, { option: true }],
  ada: async ({ person }, use) => {
    // Hashed once, because that takes as long as a page.
    passwordHash ??= hash(password);
    const ada = await createStaff(person.role, { name: person.name, passwordHash: await passwordHash });
    await use(ada);
    await removeStaff([ada]);
  },
  context: async ({ context, ada }, use) => {
    await signInAs(context, ada);
    await use(context);
  },
  // Made after her, so that they are removed before her; contacts are removed before people.
  addPerson: async ({ ada: _ada }, use) => {
    const people: TestStaff[] = [];
    await use(async (...given) => {
      const person = await createStaff(...given);
      people.push(person);
      return person;
    });
    await removeStaff(people);
  },
  make: async ({ addPerson: _addPerson }, use) => {
    const services: string[] = [];
    await use(async (given) => {
      const made = await addContacts(given);
      services.push(made.service);
      return made;
    });
    for (const service of services) await removeContacts(service);
  },
});

export { askAxe, expect, findOverflow, findViolations, findViolationsInBothThemes, streamedIn } from "./test";
