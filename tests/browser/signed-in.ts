import { addContacts, removeContacts } from "./inbox-contacts";
import { createStaff, removeStaff, signInAs, type TestStaff } from "./sign-in";
import { test as base } from "./test";

type Made = Awaited<ReturnType<typeof addContacts>>;

/** `test` with an agent signed in before each page, and contacts of its own: both are removed when it is over. */
export const test = base.extend<{ ada: TestStaff; make: (...given: Parameters<typeof addContacts>) => Promise<Made> }>({
  ada: [
    async ({ context }, use) => {
      const ada = await createStaff("agent", { name: "Ada Keller" });
      await signInAs(context, ada);
      await use(ada);
      await removeStaff([ada]);
    },
    { auto: true },
  ],
  // After her, so that they are removed before her.
  make: async ({ ada: _ada }, use) => {
    const services: string[] = [];
    await use(async (given) => {
      const made = await addContacts(given);
      services.push(made.service);
      return made;
    });
    for (const service of services) await removeContacts(service);
  },
});

export { expect, findViolations } from "./test";
