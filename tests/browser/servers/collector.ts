import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

type Value = { stringValue?: string; intValue?: number | string };
type Attribute = { key: string; value: Value };

/** A span as OTLP has it in JSON. */
export type CollectedSpan = {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  attributes: Attribute[];
  events?: { name: string; attributes: Attribute[] }[];
  status?: { code?: number; message?: string };
};

type Export = { resourceSpans: { scopeSpans: { scope: { name: string }; spans: CollectedSpan[] }[] }[] };

/** A minimal trace collector. */
export type Collector = {
  endpoint: string;
  /** The requests as received. */
  bodies: string[];
  /** All spans, each with the library that made it. */
  spans(): (CollectedSpan & { scope: string })[];
  close(): void;
};

/** Receives traces by OTLP over HTTP, as JSON, and keeps them. */
export async function startCollector(): Promise<Collector> {
  const bodies: string[] = [];
  const server: Server = createServer(async (request, response) => {
    const body = await text(request);
    if (request.url === "/v1/traces" && request.headers["content-type"] === "application/json") bodies.push(body);
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    spans: () =>
      bodies
        .flatMap((body) => (JSON.parse(body) as Export).resourceSpans)
        .flatMap(({ scopeSpans }) => scopeSpans)
        .flatMap(({ scope, spans }) => spans.map((span) => ({ ...span, scope: scope.name }))),
    close: () => server.close(),
  };
}

/** The value of a span's attribute, as text. */
export function attributeOf({ attributes }: { attributes: Attribute[] }, name: string): string | undefined {
  const value = attributes.find(({ key }) => key === name)?.value;
  return value?.stringValue ?? value?.intValue?.toString();
}
