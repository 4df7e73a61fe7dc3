import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sniffContent, sniffedBytes } from "@/lib/documents/content/content";
import { mailLimits, readMail } from "@/lib/documents/content/mail";

const zone = "Europe/Berlin";
const crlf = (lines: string[]) => Buffer.from(lines.join("\r\n"));

const head = [
  "From: =?utf-8?q?Mara_M=C3=BCller?= <mara@x.example>",
  "To: Desk <desk@x.example>, Milo <milo@x.example>",
  "Date: Mon, 30 Nov 2026 10:00:00 +0100",
  "Subject: =?utf-8?B?R3LDvMOfZQ==?=",
];
const mail = crlf([
  ...head,
  "MIME-Version: 1.0",
  'Content-Type: multipart/mixed; boundary="b"',
  "",
  "--b",
  "Content-Type: text/plain; charset=iso-8859-1",
  "Content-Transfer-Encoding: quoted-printable",
  "",
  "Sch=F6ne Gr=FC=DFe",
  "--b",
  'Content-Type: application/pdf; name="plan.pdf"',
  'Content-Disposition: attachment; filename="plan.pdf"',
  "Content-Transfer-Encoding: base64",
  "",
  "JVBERi0=",
  "--b--",
]);
const html = (body: string) => crlf([...head, "Content-Type: text/html; charset=utf-8", "", body]);

describe("an e-mail", () => {
  test("is told by its head, and a text that only looks like one is not", async () => {
    const kind = async (content: string | Buffer) => (await sniffContent(Buffer.from(content))).kind;
    expect(await kind(mail)).toBe("mail");
    expect(await kind(Buffer.concat([Buffer.from("From mara@x.example Mon Nov 30\n"), mail]))).toBe("mail");
    const relayed = `Return-Path: <m@x.example>\r\n${"Received: by x;\r\n\tto y\r\n".repeat(300)}${mail.toString()}`;
    expect(await kind(relayed.slice(0, sniffedBytes))).toBe("mail");
    expect(await kind("From: 10:00\nTo: 11:00\nRoom: 5\n\nNotes")).toBe("text");
    expect(await kind("Subject: hello\nDate: today\nWe met at noon.\n\nFrom: me")).toBe("text");
  });

  test("is shown by its head, its words and the names of its attachments", async () => {
    expect(await readMail(mail, false, zone)).toEqual({
      head: [
        { name: "From", value: "Mara Müller <mara@x.example>" },
        { name: "To", value: "Desk <desk@x.example>, Milo <milo@x.example>" },
        { name: "Date", value: "30 Nov 2026, 10:00 Europe/Berlin" },
        { name: "Subject", value: "Grüße" },
      ],
      text: "Schöne Grüße",
      attachments: ["plan.pdf"],
      cut: false,
    });
  });

  test("that is only HTML is shown by its words, without what a browser would run or fetch", async () => {
    const body = `<html><style>p{color:red}</style><script>alert(1)</script><p>Hello &amp; <b>welcome</b></p><img src="https://evil.example/x"></html>`;
    const found = await readMail(html(body), false, zone);
    expect(found?.text).toContain("Hello & welcome");
    expect(found?.text).not.toMatch(/alert|color:red|<img/);
  });

  test("is bounded: words, addresses, attachments, and e-mails within e-mails", async () => {
    const long = await readMail(crlf([...head, "", "x".repeat(200_000)]), false, zone);
    expect([long?.text.length, long?.cut]).toEqual([mailLimits.characters + 1, true]);
    const many = await readMail(
      crlf([`From: ${"a@x.example, ".repeat(5_000)}`, `To: ${"b@x.example, ".repeat(5_000)}`, "", "x"]),
      false,
      zone,
    );
    expect(many?.head.every(({ value }) => value.length <= mailLimits.headCharacters + 1)).toBe(true);
    const part = "--b\r\nContent-Disposition: attachment\r\n\r\nx\r\n";
    const parts = await readMail(
      crlf([...head, 'Content-Type: multipart/mixed; boundary="b"', "", part.repeat(500)]),
      false,
      zone,
    );
    expect([parts?.attachments.length, parts?.cut]).toEqual([mailLimits.attachments, true]);
    const inner = "Content-Type: message/rfc822\r\n\r\n".repeat(50);
    expect(await readMail(crlf([...head, inner]), false, zone)).toMatchObject({ text: "" });
  });

  test("nested deeper than a mail program nests is not understood, rather than read without end", async () => {
    let nested = "";
    for (let at = 0; at < 300; at++) nested += `Content-Type: multipart/mixed; boundary="b${at}"\r\n\r\n--b${at}\r\n`;
    expect(await readMail(crlf([...head, nested]), false, zone)).toBeNull();
  });

  test("never throws, whatever the bytes are", async () => {
    const change = fc.tuple(fc.nat({ max: mail.length - 1 }), fc.nat({ max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 20 }), fc.nat({ max: mail.length }), async (changes, length) => {
        const changed = Buffer.from(mail.subarray(0, length));
        for (const [at, byte] of changes) if (at < length) changed[at] = byte;
        await readMail(changed, true, zone);
      }),
      { numRuns: 300 },
    );
  });
});
