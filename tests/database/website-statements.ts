import type pg from "pg";

/** The website's statements with their explicit column lists, from the end of existing-database.sql. */
export const website = {
  submit: (client: pg.ClientBase, id: string, given: Partial<Submission> = {}) => {
    const { name, email, company, service, message } = { ...ordinary, ...given };
    return client.query(
      `insert into contact_submissions (id, name, email, company, service, budget, message, timestamp, status, source,
         user_agent, page_url, document_processing_enabled, search_capabilities)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) returning id`,
      [
        id,
        name,
        email,
        company,
        service,
        "$1",
        message,
        "2026-11-02T08:00:00Z",
        "new",
        "website",
        "Mozilla/5.0",
        "/",
        true,
        true,
      ],
    );
  },
  analyse: (client: pg.ClientBase, id: string, insights: string | null) =>
    client.query("update contact_submissions set document_insights = $1, last_updated = $2 where id = $3", [
      insights,
      "2026-11-02T08:01:00Z",
      id,
    ]),
  process: (client: pg.ClientBase, documentId: string, metadata: string | null) =>
    client.query(
      `update documents set processing_status = $1, processing_timestamp = $2, processing_metadata = $3 where id = $4`,
      ["completed", "2026-11-02T08:02:00Z", metadata, documentId],
    ),
  count: async (client: pg.ClientBase): Promise<number | null> =>
    (await client.query("select increment_visitor_count() as count")).rows[0].count,
};

type Submission = { name: string; email: string; company: string | null; service: string | null; message: string };

const ordinary: Submission = {
  name: "Ada Visitor",
  email: "ada@example.com",
  company: "Example Ltd",
  service: "Cloud Architecture",
  message: "Please call me back.",
};
