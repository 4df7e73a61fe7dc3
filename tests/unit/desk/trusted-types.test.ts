import { expect, test } from "vitest";
import { builtFile } from "@/lib/desk/trusted-types";

const page = "https://desk.example/contacts/open?id=..";

test.each([
  "/_next/static/chunks/1a.js",
  "https://desk.example/_next/static/chunks/1a.js?dpl=2",
  "/_next/static/media/pdf.worker.min.0a.mjs",
])("the built file %s may become a script", (address) => expect(builtFile(address, page)).toBe(address));

test.each([
  "https://elsewhere.example/_next/static/chunks/1a.js",
  "//elsewhere.example/_next/static/chunks/1a.js",
  "http://desk.example/_next/static/chunks/1a.js",
  "https://desk.example:8443/_next/static/chunks/1a.js",
  "/documents/5a3b1c00-0000-4000-8000-000000000001?preview",
  "/_next/static/../../documents/1?preview",
  "/_next/static/%2e%2e/%2E./documents/1?preview",
  "/_next/static/..\\..\\documents\\1",
  "/_next/data/x.js",
  "_next/static/chunks/1a.js",
  "data:text/javascript,alert(1)",
  "blob:https://desk.example/_next/static/1",
  "javascript:alert(1)//_next/static/",
  "",
  "https://",
])("%j may not", (address) => expect(builtFile(address, page)).toBeNull());
