import { afterAll, inject } from "vitest";
import { createDatabase } from "./databases";

// Every test file works in a database of its own, cloned from the migrated template.
const own = await createDatabase(inject("server"));
process.env.DATABASE_URL = own.app;
process.env.DATABASE_DIRECT_URL = own.owner;
process.env.TEST_WEBSITE_URL = own.website;
process.env.TEST_SUPERUSER_URL = own.superuser;

afterAll(async () => {
  const shared = globalThis as unknown as { contactDeskPool?: { end(): Promise<void> } };
  await shared.contactDeskPool?.end();
  await own.drop();
});
