import { createRequire } from "node:module";
import { setTimeout as pause } from "node:timers/promises";
import type { Attributes, Span } from "@opentelemetry/api";
import type { tracing } from "@opentelemetry/sdk-node";
import { getScreen } from "@/lib/runtime/screen";
import { readSetting } from "@/lib/settings/settings";

/** Milliseconds that the last traces have to be sent when the server stops, which `npm start` allows 10 s in all. */
const lastSending = 800;

/** What is asked so often, and says so little, that nobody wants to see it; and a stream, whose span would last for hours. */
const untraced = new Set(["/api/health", "/api/health/ready", "/api/metrics", "/api/live", "files"]);

/** What of a request may hold what a person searched for or wrote. The route stands beside it, in `http.route`. */
const personal = ["http.target", "http.url", "url.full", "url.path", "url.query", "db.postgresql.values"];

/**
 * Makes traces of requests, by Next's own spans and one for each statement, and sends them to OTEL_EXPORTER_OTLP_ENDPOINT. Without
 * the setting nothing is loaded. Called before Next is, which asks once whether there is somebody to trace for.
 * @returns a way to send what is left, and stop
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
    // Only traces: numbers are Prometheus', and the log is written.
    metricReaders: [],
    logRecordProcessors: [],
    // The statements' text, which has placeholders where values are, and never the values.
    instrumentations: [new PgInstrumentation({ enhancedDatabaseReporting: false, requireParentSpan: true })],
  });
  sdk.start();
  // pg is there already; what is asked for anew is instrumented in its place.
  createRequire(import.meta.url)("pg");
  return async () => {
    await Promise.race([sdk.shutdown().catch(() => undefined), pause(lastSending, undefined, { ref: false })]);
  };
}

/** What a CommonJS package exports. In the bundle of a package (scripts/packaging.ts) it comes as `default` alone. */
function namesOf<T>(module: T): T {
  return (module as { default?: T }).default ?? module;
}

/**
 * Traces all requests of people. What the server does of its own goes on for hours in the context of the request that began it,
 * and is none.
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

/** Gives each span the request's id and its screen, and takes from it what may be personal data. */
const describeSpans: tracing.SpanProcessor = {
  onStart(span: Span) {
    const { screen, request } = getScreen() ?? {};
    if (request) span.setAttributes({ "desk.request": request, "desk.screen": screen });
  },
  onEnd(span) {
    forget(span.attributes);
    // The words of an error repeat values of the database; its kind and the number in the log are enough to find it by.
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
