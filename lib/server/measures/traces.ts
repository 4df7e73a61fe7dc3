import { createRequire } from "node:module";
import { setTimeout as pause } from "node:timers/promises";
import type { Attributes, Span } from "@opentelemetry/api";
import type { tracing } from "@opentelemetry/sdk-node";
import { getScreen } from "@/lib/runtime/screen";
import { readSetting } from "@/lib/settings/settings";

/**
 * Milliseconds that the last traces have to be sent when the server stops. `npm start` allows 10 s for the whole stop.
 */
const lastSending = 800;

/**
 * Requests that are not traced: frequent ones that say little, and the live stream, whose span would last for hours.
 */
const untraced = new Set(["/api/health", "/api/health/ready", "/api/metrics", "/api/live", "files"]);

/** Attributes of a span that may hold what a person searched for or wrote. The route stays, in `http.route`. */
const personal = ["http.target", "http.url", "url.full", "url.path", "url.query", "db.postgresql.values"];

/**
 * Traces requests with Next's own spans and one for each statement, and sends them to OTEL_EXPORTER_OTLP_ENDPOINT.
 * Without the setting nothing is loaded. It must be called before Next is loaded, because Next checks only once whether
 * there is a tracer.
 * @returns a function that sends what is left and stops
 * @throws SettingError
 */
export async function startTraces(): Promise<() => Promise<void>> {
  const endpoint = readSetting("OTEL_EXPORTER_OTLP_ENDPOINT");
  if (endpoint === undefined) return async () => undefined;
  const { NodeSDK, tracing } = namesOf(await import("@opentelemetry/sdk-node"));
  const { OTLPTraceExporter } = namesOf(await import("@opentelemetry/exporter-trace-otlp-http"));
  const { PgInstrumentation } = namesOf(await import("@opentelemetry/instrumentation-pg"));
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, "")}/v1/traces` });
  const sdk = new NodeSDK({
    serviceName: "contact-desk",
    autoDetectResources: false,
    sampler: traceRequests(tracing),
    spanProcessors: [describeSpans, new tracing.BatchSpanProcessor(exporter)],
    // Only traces: Prometheus has the numbers, and the log is written by itself.
    metricReaders: [],
    logRecordProcessors: [],
    // The text of statements, which has placeholders for values; never the values.
    instrumentations: [new PgInstrumentation({ enhancedDatabaseReporting: false, requireParentSpan: true })],
  });
  sdk.start();
  // pg is loaded already. Requiring it again lets it be instrumented in place.
  createRequire(import.meta.url)("pg");
  return async () => {
    await Promise.race([sdk.shutdown().catch(() => undefined), pause(lastSending, undefined, { ref: false })]);
  };
}

/**
 * The exports of a CommonJS package. In a package's bundle (scripts/building/packaging.ts) they are under `default`
 * alone.
 */
function namesOf<T>(module: T): T {
  return (module as { default?: T }).default ?? module;
}

/**
 * Traces all requests of people. The server's own work is not traced: it may go on for hours in the context of the
 * request that began it.
 */
function traceRequests({ SamplingDecision }: typeof tracing): tracing.Sampler {
  return {
    shouldSample() {
      const screen = getScreen();
      const wanted = screen?.request != null && !untraced.has(screen.screen);
      return { decision: wanted ? SamplingDecision.RECORD_AND_SAMPLED : SamplingDecision.NOT_RECORD };
    },
    toString: () => "requests of people",
  };
}

/** Adds the request's id and screen to each span, and removes what may be personal data. */
const describeSpans: tracing.SpanProcessor = {
  onStart(span: Span) {
    const { screen, request } = getScreen() ?? {};
    if (request) span.setAttributes({ "desk.request": request, "desk.screen": screen });
  },
  onEnd(span) {
    forget(span.attributes);
    // The message of an error repeats values of the database. Its kind, and the number in the log, are enough to find
    // it.
    delete (span.status as { message?: string }).message;
    for (const { attributes } of span.events) {
      if (!attributes) continue;
      delete attributes["exception.message"];
      delete attributes["exception.stacktrace"];
    }
  },
  forceFlush: async () => undefined,
  shutdown: async () => undefined,
};

function forget(attributes: Attributes): void {
  for (const name of personal) delete attributes[name];
}
