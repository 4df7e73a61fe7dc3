import { afterAll, inject } from "vitest";
import { createDatabase } from "./databases";
import { endPool } from "./of-process";

// Every test file works in a database of its own, cloned from the migrated template.
const own = await createDatabase(inject("server"));
process.env.DATABASE_URL = own.app;
process.env.DATABASE_DIRECT_URL = own.owner;
process.env.TEST_WEBSITE_URL = own.website;
process.env.TEST_SUPERUSER_URL = own.superuser;

afterAll(async () => {
  await endPool();
  await own.drop();
});
