import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { migrate } from "@/lib/database/migrate/migrations";
import { createDatabase, type TestDatabase } from "../databases";
import { connect, migrationOf, useInstallations } from "../installation";
import { describeCatalogue } from "./catalogue";
import { describePrismaSchema } from "./prisma-schema";

const described = describePrismaSchema(readFileSync("prisma/schema.prisma", "utf8"));

/** Where an adopted installation differs: what was there stays as it was. */
const older = [
  ["contact_submissions.budget character varying(255) null", "contact_submissions.budget character varying(100) null"],
  ["contact_submissions.document_insights jsonb null default {}", "contact_submissions.document_insights jsonb null"],
  ["documents.id uuid not null default gen_random_uuid()", "documents.id uuid not null default uuid_generate_v4()"],
  [
    "analytics_events.id uuid not null default gen_random_uuid()",
    "analytics_events.id uuid not null default uuid_generate_v4()",
  ],
] as const;
/** Only where Contact Desk makes the tables: an installation has indexes of its own. */
const freshIndex = "contact_submissions index contact_submissions_plain_email btree (email)";
const installedIndexes = [
  "analytics_events index idx_analytics_type btree (event_type)",
  "contact_submissions index idx_contact_email btree (email)",
  "contact_submissions index idx_contact_insights gin (document_insights)",
  "contact_submissions index idx_contact_source btree (source)",
  "contact_submissions index idx_contact_status btree (status)",
  "contact_submissions index idx_contact_timestamp btree (timestamp desc)",
  "documents index idx_documents_contact_id btree (contact_id)",
  "documents index idx_documents_status btree (processing_status)",
  "documents index idx_documents_tags gin (tags)",
  "documents index idx_documents_upload_time btree (upload_timestamp desc)",
];

test("the schema says something of every kind of thing", () => {
  for (const line of [
    "contact_submissions.status character varying(50) null default new",
    "contact_submissions.version integer not null default 1",
    "documents.complexity_score numeric(5,2) null",
    "contact_history key (changed_at, id)",
    "contact_history.fields text[] not null default {}",
    "change_batches unique (undoes)",
    "documents (contact_id) references contact_submissions (id) delete Cascade update NoAction",
    "contact_submissions index contact_submissions_time_figures btree (timestamp desc, id desc)",
    freshIndex,
  ]) {
    expect(described).toContain(line);
  }
  expect(described.length).toBeGreaterThan(110);
});

describe.each([18, 16, 15])("on PostgreSQL %i", (version) => {
  const { install, server } = useInstallations(version);
  let adopted: TestDatabase;

  beforeAll(async () => {
    adopted = await install();
    await migrate({ ...migrationOf(adopted), adopt: () => true });
  });

  test("a new database is what prisma/schema.prisma says, no more and no less", async () => {
    const database = await createDatabase(server(), "empty");
    await migrate(migrationOf(database));
    {
      await using owner = await connect(database.owner);
      expect(await describeCatalogue(owner)).toEqual(described);
    }
    await database.drop();
  });

  test("an adopted one is too, but for what the installation had of its own", async () => {
    await using owner = await connect(adopted.owner);
    const expected = described
      .filter((line) => line !== freshIndex)
      .map((line) => older.find(([ours]) => ours === line)?.[1] ?? line);
    expect(await describeCatalogue(owner)).toEqual([...expected, ...installedIndexes].sort());
  });
});
