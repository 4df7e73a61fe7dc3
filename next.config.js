import { PHASE_PRODUCTION_BUILD } from "next/constants.js";

/** @type {import("next").NextConfig} */
const config = {
  // Tests build beside a running copy: they name a folder of their own.
  distDir: process.env.NEXT_DIST_DIR || ".next",
  outputFileTracingRoot: import.meta.dirname,
  outputFileTracingExcludes: { "/*": ["lib/**"] },
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  reactStrictMode: true,
  // No page uses the optimiser, so nobody may call it.
  images: { unoptimized: true },
  // Development would print what actions are called with: passwords too.
  logging: { serverFunctions: false },
  agentRules: false,
  serverExternalPackages: [
    "@node-rs/argon2",
    "pino",
    "pg",
    "prom-client",
    "@aws-sdk/client-s3",
    "@aws-sdk/lib-storage",
    "@zxcvbn-ts/core",
    "@zxcvbn-ts/language-common",
  ],
  experimental: { authInterrupts: true, serverActions: { bodySizeLimit: "1mb" } },
  async rewrites() {
    // Asked after the files that are there, and before the page for unknown addresses.
    return {
      afterFiles: ["/_next/static", "/pdfjs"].map((at) => ({ source: `${at}/:path*`, destination: "/api/no-file" })),
    };
  },
  async headers() {
    return [
      {
        // For the worker that reads PDFs: it obeys the policy of its own file and not the page's. It may decode pictures by
        // WebAssembly, fetch from us, and evaluate nothing.
        source: "/_next/static/:path*",
        headers: [
          {
            key: "Content-Security-Policy",
            value:
              "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; frame-ancestors 'none'",
          },
        ],
      },
      {
        source: "/:path*",
        headers: [
          { key: "X-Content-Type-Options", value: "nosniff" },
          { key: "Referrer-Policy", value: "same-origin" },
          { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=()" },
          { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
        ],
      },
    ];
  },
};

/** The build also collects what it needs of node_modules, for scripts/building/packaging.ts; a server that is told so would warn of itself. */
export default (phase) => (phase === PHASE_PRODUCTION_BUILD ? { ...config, output: "standalone" } : config);
