import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSaneAddress, mailtoHref } from "@/lib/contact/mailto";

const contact = {
  name: "Mara Lindqvist",
  email: "mara@northlight.example",
  service: "Cloud Architecture",
  message: "Can you estimate?\nThank you & goodbye",
  sent: "22 Aug 2024, 06:13 Europe/Berlin",
};

/** What a mail program reads out of the link. */
function openMail(href: string) {
  const [, to = "", query = ""] = /^mailto:([^?]*)\?(.*)$/.exec(href) ?? [];
  const fields = query.split("&").map((pair) => pair.split("=").map(decodeURIComponent));
  return { to: decodeURIComponent(to), ...Object.fromEntries(fields) } as { to: string; subject: string; body: string };
}

describe("answering by e-mail", () => {
  it("opens a mail to the address, with subject and the message quoted", () => {
    expect(openMail(mailtoHref(contact) ?? "")).toEqual({
      to: "mara@northlight.example",
      subject: "Re: your message about Cloud Architecture",
      body: "\r\n\r\nOn 22 Aug 2024, 06:13 Europe/Berlin, Mara Lindqvist wrote:\r\n> Can you estimate?\r\n> Thank you & goodbye",
    });
  });

  it("carries no field that the visitor wrote into their own text", () => {
    const mail = openMail(
      mailtoHref({ ...contact, name: "x\r\nBcc: all", service: "a&bcc=eve@x.example", message: "&cc=eve@x.example" }) ??
        "",
    );
    expect(Object.keys(mail)).toEqual(["to", "subject", "body"]);
    expect(mail.subject).toBe("Re: your message about a&bcc=eve@x.example");
  });

  it("stays short enough for every mail program, in whole characters", () => {
    for (const message of ["x".repeat(2_000_000), "😀".repeat(5_000), "\n".repeat(5_000), "é\n".repeat(3_000)]) {
      const href = mailtoHref({ ...contact, message }) ?? "";
      expect(href.length).toBeLessThanOrEqual(1_900);
      expect(openMail(href).body.endsWith("…")).toBe(true);
    }
  });

  it("works for any text", () => {
    const text = fc.string({ unit: "grapheme" });
    fc.assert(
      fc.property(text, text, text, (name, service, message) => {
        const href = mailtoHref({ ...contact, name, service, message }) ?? "";
        expect(href.length).toBeLessThanOrEqual(1_900);
        expect(Object.keys(openMail(href))).toEqual(["to", "subject", "body"]);
      }),
    );
  });

  it("is offered only for an address that can be written to", () => {
    const sane = ["mara@northlight.example", "taro@例え.example", "OLD@EXAMPLE.COM", "a.b+c@x.co", "o'brien@x.ie"];
    const odd = [
      "",
      "Not specified",
      "a@b",
      "a b@x.example",
      "a@x.example,b@x.example",
      "a@x.example\nBcc: b@x.example",
    ];
    const odder = [
      "a@b@c.example",
      "<a@x.example>",
      `${"x".repeat(300)}@x.example`,
      "a\u202e@x.example",
      "a@x.example?cc=b@x.example",
    ];
    expect(sane.filter((email) => !isSaneAddress(email))).toEqual([]);
    expect([...odd, ...odder].filter(isSaneAddress)).toEqual([]);
    expect(mailtoHref({ ...contact, email: "Not specified" })).toBeNull();
  });
});
