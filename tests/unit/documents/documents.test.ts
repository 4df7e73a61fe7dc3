import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { printDisposition, safeFileName } from "@/lib/documents/disposition";
import { fileBadge, processingLook, readTags } from "@/lib/documents/document";
import { plainFileName, splitFileName } from "@/lib/documents/file-name";
import { locateFile } from "@/lib/documents/location";
import { readStoreSettings } from "@/lib/documents/settings";
import { describeTimes } from "@/lib/documents/times";
import { nameHidden } from "@/lib/text/visible-text";

describe("a document in words", () => {
  it("has a badge by its ending, or by its content type", () => {
    expect(fileBadge("requirements v2 (final).pdf", "application/pdf")).toBe("PDF");
    expect(fileBadge("offer\u202efdp.docx", "application/pdf")).toBe("DOCX");
    expect(fileBadge("../../etc/passwd", "image/png")).toBe("PNG");
    expect(fileBadge("README", "application/octet-stream")).toBe("FILE");
  });

  it("has the tags that are tags, whatever else is stored", () => {
    expect(readTags('["scope", "migration", "scope", 5, null, {"a":1}, " "]')).toEqual(["scope", "migration", "5"]);
    for (const stored of [null, "null", "{}", '"scope"', "5", '["cut of']) expect(readTags(stored)).toEqual([]);
  });

  it("has a processing status, unknown ones as stored", () => {
    expect(["completed", "failed", null, "", "quarantined"].map((status) => processingLook(status).label)).toEqual([
      "Completed",
      "Failed",
      "Not processed",
      "Not processed",
      "quarantined",
    ]);
  });

  it("has its times on the desk's clock, the day only where it changes", () => {
    const times = {
      uploadedAt: new Date("2024-08-22T21:50:00Z"),
      processedAt: new Date("2024-08-22T21:59:00Z"),
      indexedAt: new Date("2024-08-22T22:01:00Z"),
    };
    expect(describeTimes(times, "Europe/Berlin")).toBe(
      "Uploaded 22 Aug 2024, 23:50 · processed 23:59 · indexed 23 Aug 2024, 00:01 Europe/Berlin",
    );
    expect(describeTimes({ ...times, processedAt: null, indexedAt: new Date(Number.NaN) }, "UTC")).toBe(
      "Uploaded 22 Aug 2024, 21:50 · indexed at an unknown time UTC",
    );
  });
});

describe("the name a file is downloaded under", () => {
  it("keeps what is harmless, in both forms", () => {
    expect(printDisposition("attachment", "requirements v2 (final).pdf")).toBe(
      `attachment; filename="requirements v2 (final).pdf"; filename*=UTF-8''requirements%20v2%20%28final%29.pdf`,
    );
    expect(printDisposition("inline", "Übersicht 要件.pdf")).toBe(
      `inline; filename="Ubersicht __.pdf"; filename*=UTF-8''%C3%9Cbersicht%20%E8%A6%81%E4%BB%B6.pdf`,
    );
  });

  it("leads nowhere and hides nothing", () => {
    expect(safeFileName("../../etc/passwd")).toBe("etc_passwd");
    expect(safeFileName("C:\\temp\\x.exe")).toBe("C_temp_x.exe");
    expect(safeFileName("offer\u202efdp.docx")).toBe("offerfdp.docx");
    expect(safeFileName('a"; filename="b.exe')).toBe("a_; filename=_b.exe");
    for (const name of ["", ".", "..", "///", "\u202e", " . "]) expect(safeFileName(name)).toBe("document");
  });

  it("is bounded in bytes and keeps its ending", () => {
    const name = safeFileName(`${"要".repeat(500)}.pdf`);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(180);
    expect(name.endsWith("要.pdf")).toBe(true);
  });

  it("is a valid header for any name", () => {
    // Not fast-check's own "binary" unit: making it takes seconds on a busy machine.
    const character = fc.integer({ min: 1, max: 0x10ffff }).filter((code) => code < 0xd800 || code > 0xdfff);
    const ascii = fc.integer({ min: 1, max: 0x7f });
    fc.assert(
      fc.property(fc.array(fc.oneof(ascii, character), { maxLength: 40 }), (codes) => {
        const header = printDisposition("attachment", String.fromCodePoint(...codes));
        expect(header).toMatch(/^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''[A-Za-z0-9%._~!$&+^`|#-]+$/);
      }),
    );
  });
});

describe("a joiner in a file's name", () => {
  test.each([
    ["a family", "👩‍👩‍👧.png"],
    ["a dark-skinned programmer", "👩🏽‍💻.pdf"],
    ["a heart on fire", "❤️‍🔥.txt"],
    ["the flag of Scotland", "\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}.pdf"],
    ["Persian", "می‌خواهم.pdf"],
    ["Hindi with a visible virama", "राज्‌य.pdf"],
    ["Sinhala", "ශ්‍රී ලංකා.pdf"],
    ["Bengali", "র‍্যাম.pdf"],
    ["a keycap", "1️⃣.txt"],
    ["a form of a Chinese character", "葛\u{e0100}城.pdf"],
  ])("stays where a script or an emoji needs it: %s", (_what, name) => {
    expect(splitFileName(name)).toEqual([{ text: name, hiding: false }]);
    expect(safeFileName(name)).toBe(name);
    expect(decodeURIComponent(printDisposition("attachment", name).split("UTF-8''")[1] ?? "")).toBe(name);
  });

  test.each([
    ["offer\u202efdp.docx", "offerfdp.docx", ["RLO"]],
    ["in\u200bvoice.pdf", "invoice.pdf", ["ZWSP"]],
    ["in\u200dvoice.pdf", "invoice.pdf", ["ZWJ"]],
    ["in\u200cvoice.p\u200cdf", "invoice.pdf", ["ZWNJ", "ZWNJ"]],
    ["\u200dخانه\u200c.pdf", "خانه.pdf", ["ZWJ", "ZWNJ"]],
    ["a\u00adb\u2060c\u3164d.pdf", "abcd.pdf", ["SHY", "WJ", "U+3164"]],
    ["a\u{e0062}b.pdf", "ab.pdf", ["U+E0062"]],
    ["a\u2028b\u0007.pdf", "ab.pdf", ["U+2028", "U+0007"]],
    ["\u2066x\u2069.pdf", "x.pdf", ["LRI", "PDI"]],
  ])("and whatever else hides or reorders is shown, and left out of a download: %j", (name, plain, shown) => {
    expect(
      splitFileName(name)
        .filter(({ hiding }) => hiding)
        .map(({ text }) => nameHidden(text)),
    ).toEqual(shown);
    expect(plainFileName(name)).toBe(plain);
    expect(safeFileName(name)).toBe(plain);
  });

  test("is never split from its emoji where a name is cut", () => {
    const name = safeFileName(`${"👩🏽‍💻".repeat(40)}.pdf`);
    expect(name).toBe(`${"👩🏽‍💻".repeat(11)}.pdf`);
  });

  test("is lost from no name when its parts are put together again", () => {
    const unit = fc.constantFrom("a", "ب", "\u200c", "\u200d", "👩", "\ufe0f", "\u094d", "क", "\u202e", "\u{e0062}");
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 12 }), (pieces) => {
        const name = pieces.join("");
        const parts = splitFileName(name);
        expect(parts.map(({ text }) => text).join("")).toBe(name);
        expect(
          parts
            .filter(({ hiding }) => !hiding)
            .map(({ text }) => text)
            .join(""),
        ).toBe(plainFileName(name));
      }),
    );
  });
});

describe("where a file is", () => {
  const s3 = { endpoint: "http://127.0.0.1:9", region: "eu", accessKeyId: "k", secretAccessKey: "s" };
  const stored = { bucket: "data", key: "documents/a.pdf", efsPath: null };

  it("is the object store for bucket and key, where there is one", () => {
    expect(locateFile(stored, { s3, directory: "/files" })).toEqual({
      kind: "s3",
      bucket: "data",
      key: "documents/a.pdf",
    });
  });

  it("is the folder that mirrors the store where there is none", () => {
    expect(locateFile(stored, { s3: null, directory: "/files" })).toMatchObject({ path: "./data/documents/a.pdf" });
    expect(locateFile({ ...stored, bucket: null }, { s3, directory: "/files" })).toMatchObject({
      path: "./documents/a.pdf",
    });
    expect(locateFile({ bucket: null, key: null, efsPath: "a.pdf" }, { s3, directory: "/files" })).toMatchObject({
      path: "a.pdf",
    });
  });

  it("is nowhere without a location, or without a store", () => {
    expect(locateFile({ bucket: "data", key: null, efsPath: "" }, { s3, directory: "/files" })).toMatchObject({
      reason: "no_location",
    });
    expect(locateFile(stored, { s3: null, directory: null })).toMatchObject({ reason: "not_configured" });
  });

  it("is configured by variables, and a wrong one is named without its value", () => {
    expect(readStoreSettings({})).toEqual({ s3: null, directory: null });
    expect(readStoreSettings({ DOCUMENTS_DIR: "/files", S3_ENDPOINT: "" })).toEqual({ s3: null, directory: "/files" });
    const given = {
      S3_ENDPOINT: "http://127.0.0.1:9",
      S3_REGION: "eu",
      S3_ACCESS_KEY_ID: "k",
      S3_SECRET_ACCESS_KEY: "s",
    };
    expect(readStoreSettings(given)).toEqual({ s3, directory: null });
    expect(() => readStoreSettings({ ...given, S3_ENDPOINT: "file:///secret" })).toThrow(
      /^S3_ENDPOINT must be a whole address/,
    );
    expect(() => readStoreSettings({ ...given, S3_SECRET_ACCESS_KEY: "" })).toThrow(/S3_SECRET_ACCESS_KEY/);
    expect(() => readStoreSettings({ S3_ACCESS_KEY_ID: "k" })).toThrow(/S3_ENDPOINT or S3_REGION/);
  });
});
