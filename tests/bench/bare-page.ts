import { createServer } from "node:http";
import pg from "pg";
import { createElement } from "react";
import { renderToString } from "react-dom/server";

/**
 * The bare page that the inbox is compared with, a program of its own: one query and 50 rows, rendered by React on Node's
 * own server. Neither Next, nor sign-in, nor documents, facets or counts, nor anything for the browser to run.
 */
const [url = "", port = ""] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url, max: 10 });
const query = `select id, name, company, service, left(message, 140) as message, status, "timestamp"
  from contact_submissions order by "timestamp" desc, id desc limit 50`;

type Row = {
  id: string;
  name: string;
  company: string;
  service: string;
  message: string;
  status: string;
  timestamp: Date;
};

function renderRow({ id, name, company, service, message, status, timestamp }: Row) {
  const cells = [name, company, service, message, status, timestamp.toISOString()];
  const link = createElement("td", { key: "link" }, createElement("a", { href: `/contacts/${id}` }, id));
  return createElement(
    "tr",
    { key: id },
    link,
    ...cells.map((cell, index) => createElement("td", { key: index }, cell)),
  );
}

createServer(async (_request, response) => {
  const { rows } = await pool.query<Row>(query);
  const table = createElement("table", null, createElement("tbody", null, rows.map(renderRow)));
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.end(`<!doctype html>${renderToString(createElement("html", null, createElement("body", null, table)))}`);
}).listen(Number(port), "127.0.0.1", () => console.log("Ready"));
