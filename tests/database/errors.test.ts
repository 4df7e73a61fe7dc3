import pg from "pg";
import { expect, test } from "vitest";

test("the server of the tests does not live in UTC", async () => {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  expect((await client.query("show timezone")).rows).toEqual([{ TimeZone: "Europe/Berlin" }]);
  await client.end();
});
