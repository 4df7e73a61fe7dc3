import { describe, expect, test } from "vitest";
import { type ContentKind, sniffContent } from "@/lib/documents/content/content";
import { describeCompound, describeOffice } from "@/lib/documents/content/formats";
import { decodeText } from "@/lib/documents/content/text";
import { previewOf, printProblem } from "@/lib/documents/file";
import { makePng } from "../../picture-heads";

const kindOf = async (content: string | Uint8Array) =>
  (await sniffContent(typeof content === "string" ? Buffer.from(content) : content)).kind;

/** The sentence that a file gets which is not shown. */
async function words(content: Uint8Array): Promise<string> {
  const sniffed = await sniffContent(content);
  return printProblem("not_previewed", sniffed);
}

const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, "utf16le");

describe("a text", () => {
  test.each([
    ["a letter whose first word is that of a 3D model", "solid state drives: we need 40 of them\n"],
    ["a visiting card", "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Mara\r\nEND:VCARD\r\n"],
    ["a calendar", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"],
    ["subtitles", "WEBVTT\n\n00:01.000 --> 00:04.000\nHello\n"],
    ["a name in angle brackets", "<Max> when can we talk?\n<Mara> tomorrow"],
    ["an address in angle brackets", "<mara@x.example> wrote:"],
    ["a heart", "<3 thank you"],
    ["a bitmap's first letters", "BMW parts, 12 of each"],
    ["a registry file", "REGEDIT4\r\n[HKEY_CURRENT_USER]\r\n"],
    ["a PDF's first letters, in a sentence", "The header says %PDF-1.7, and the rest is missing."],
    ["a control-Z at its end, as MS-DOS wrote it", "Dir of C:\\\r\n\u001a"],
    ["an escape sequence of a terminal or of Japanese mail", "\u001b[31mred\u001b[0m"],
    ["UTF-8 with a byte-order mark", "\ufeffHello"],
    ["every script", "Grüße, 要件, Ελλάδα, שלום, 👩🏽‍💻"],
  ])("is text: %s", async (_what, content) => {
    expect(await kindOf(content)).toBe("text");
    expect(decodeText(Buffer.from(content), false)).toBe(content.replace(/^\ufeff/, ""));
  });

  test("is read in UTF-16 of either byte order, where a mark says so, and in windows-1252 where UTF-8 does not fit", () => {
    expect(decodeText(utf16("Grüße, 要件"), false)).toBe("Grüße, 要件");
    expect(decodeText(utf16("Grüße, 要件").swap16(), false)).toBe("Grüße, 要件");
    const western = Buffer.from([0x50, 0x72, 0x65, 0x69, 0x73, 0x3a, 0x20, 0x35, 0x80, 0x20, 0x96, 0x20, 0xfc, 0x9f]);
    expect(decodeText(western, false)).toBe("Preis: 5€ – üŸ");
  });

  test("is the same where it is cut within a character", async () => {
    const long = Buffer.from("要".repeat(2_000)).subarray(0, 4_100);
    expect(await kindOf(long)).toBe("text");
    expect(decodeText(long, true)).toBe("要".repeat(1_366));
  });

  test("is none where there are bytes that no text has", () => {
    for (const content of ["text\0text", "\u0001", "a\u0008b", "x\u001ay"]) {
      expect(decodeText(Buffer.from(content), false)).toBeNull();
    }
    expect(decodeText(Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00]), false)).toBeNull();
    expect(decodeText(Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0]), false)).toBeNull();
  });

  test.each([
    "<!DOCTYPE html>",
    " \n<html lang=en>",
    "<script>alert(1)</script>",
    "<SCRIPT src=x>",
    "<!-- x -->",
    '<?xml version="1.0"?><svg/>',
    '<svg xmlns="http://www.w3.org/2000/svg">',
    "<svg/onload=alert(1)>",
    "\ufeff<p>Hello",
  ])("is markup, and not shown: %s", async (content) => expect(await kindOf(content)).toBe("markup"));

  test("is markup in UTF-16 too", async () => expect(await kindOf(utf16("<script>alert(1)</script>"))).toBe("markup"));
});

describe("a PDF", () => {
  test("begins within the first 1,024 bytes, and what comes before does not matter", async () => {
    const pdf = "%PDF-1.4\n%\u00e2\u00e3\n1 0 obj\n<<>>\nendobj\n";
    const behind = (count: number, filling = "\0") => kindOf(Buffer.from(filling.repeat(count) + pdf, "latin1"));
    expect(await behind(0)).toBe("pdf");
    expect(await behind(1_000)).toBe("pdf");
    expect(await behind(1_019, "x")).toBe("pdf");
    expect(await behind(1_100)).toBe("other");
    expect(await kindOf("\r\n\r\n%PDF-1.7\r\n4 0 obj <</Linearized 1>>")).toBe("pdf");
    expect(await kindOf("%PDF-1.7 and nothing more")).toBe("pdf");
  });
});

describe("a picture", () => {
  test("that is animated is a PNG as any other", async () => {
    const control = Buffer.from([0, 0, 0, 8, 0x61, 0x63, 0x54, 0x4c, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0]);
    const animated = Buffer.concat([makePng({ width: 9, height: 9 }), control]);
    expect(await sniffContent(animated)).toEqual({ kind: "image", type: "image/png" });
  });

  test("is damaged where all of it was read and it does not even say its size", () => {
    const content: ContentKind = { kind: "image", type: "image/png" };
    expect(previewOf({ content, size: null, whole: true }, 20)).toBe("damaged_picture");
    expect(previewOf({ content, size: null, whole: false }, 600_000)).toBe("not_measured");
  });
});

describe("a file that is not shown says what it is", () => {
  const brand = (name: string) =>
    Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from(`ftyp${name}\0\0\0\0mif1heic`)]);
  test.each([
    ["a TIFF picture", Buffer.from([0x49, 0x49, 0x2a, 0, 8, 0, 0, 0, 0, 0])],
    ["a HEIC picture, as iPhones take", brand("heic")],
    ["an AVIF picture", brand("avif")],
    ["a rich text document (RTF)", Buffer.from("{\\rtf1\\ansi Hello}")],
    ["a RAR archive", Buffer.from("Rar!\x1a\x07\x01\0")],
    ["a Windows program", Buffer.from("MZ\x90\0\x03\0\0\0")],
    ["a sound recording", Buffer.from("fLaC\0\0\0\x22\x10\0\x10\0")],
  ])("%s", async (what, content) => {
    expect(await words(content)).toBe(`This is ${what}. It has no preview. Download it to open it.`);
  });

  test("an Outlook message or an older Office document, by the streams in its directory", () => {
    const directory = (name: string) => Buffer.concat([Buffer.alloc(128), Buffer.from(name, "utf16le")]);
    expect(describeCompound(directory("__properties_version1.0"))).toBe("an Outlook message (.msg)");
    expect(describeCompound(directory("WordDocument"))).toBe("a Word document of the older kind (.doc)");
    expect(describeCompound(directory("EncryptedPackage"))).toMatch(/password/);
    expect(describeCompound(Buffer.alloc(4_096))).toBeNull();
  });

  test("an Office document, by the names in its archive and in any order", () => {
    expect(describeOffice(["word/document.xml", "[Content_Types].xml"])).toBe("a Word document");
    expect(describeOffice(["[Content_Types].xml", "xl/workbook.xml"])).toBe("an Excel workbook");
    expect(describeOffice(["word/letter.txt"])).toBeNull();
  });

  test("and where nothing is known of it, that it cannot be shown", async () => {
    const sentence = "This kind of file has no preview. Download it to read it.";
    expect(await words(Buffer.from([0, 1, 2, 3, 4, 5, 6, 7]))).toBe(sentence);
  });
});
