import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseMailAddress } from "@/lib/contact/mail-address";
import { mailtoHref } from "@/lib/contact/mailto";
import { oddText } from "../text/odd-text";

const contact = {
  name: "Mara Lindqvist",
  email: "mara@northlight.example",
  service: "Cloud Architecture",
  message: "Can you estimate?\nThank you & goodbye",
  sent: "22 Aug 2024, 06:13 Europe/Berlin",
};

function hrefOf(source: typeof contact): string {
  const made = mailtoHref(source);
  return "href" in made ? made.href : made.problem;
}

/** What a mail program reads out of the link. */
function openMail(href: string) {
  const [, to = "", query = ""] = /^mailto:([^?]*)\?(.*)$/.exec(href) ?? [];
  const fields = query.split("&").map((pair) => pair.split("=").map(decodeURIComponent));
  return { to: decodeURIComponent(to), ...Object.fromEntries(fields) } as { to: string; subject: string; body: string };
}

describe("answering by e-mail", () => {
  it("opens a mail to the address, with subject and the message quoted", () => {
    expect(openMail(hrefOf(contact))).toEqual({
      to: "mara@northlight.example",
      subject: "Re: your message about Cloud Architecture",
      body: "\r\n\r\nOn 22 Aug 2024, 06:13 Europe/Berlin, Mara Lindqvist wrote:\r\n> Can you estimate?\r\n> Thank you & goodbye",
    });
  });

  it("carries no field that the visitor wrote into their own text", () => {
    const mail = openMail(
      hrefOf({ ...contact, name: "x\r\nBcc: all", service: "a&bcc=eve@x.example", message: "&cc=eve@x.example" }),
    );
    expect(Object.keys(mail)).toEqual(["to", "subject", "body"]);
    expect(mail.subject).toBe("Re: your message about a&bcc=eve@x.example");
  });

  it("stays short enough for every mail program, in whole characters", () => {
    for (const message of ["x".repeat(2_000_000), "😀".repeat(5_000), "\n".repeat(5_000), "é\n".repeat(3_000)]) {
      const href = hrefOf({ ...contact, message });
      expect(href.length).toBeLessThanOrEqual(1_900);
      expect(openMail(href).body.endsWith("…")).toBe(true);
    }
  });

  it("works for any text", () => {
    const text = fc.string({ unit: "grapheme" });
    fc.assert(
      fc.property(text, text, text, (name, service, message) => {
        const href = hrefOf({ ...contact, name, service, message });
        expect(href.length).toBeLessThanOrEqual(1_900);
        expect(Object.keys(openMail(href))).toEqual(["to", "subject", "body"]);
      }),
    );
  });

  it("quotes each line of the message, whatever ends it", () => {
    const { body } = openMail(hrefOf({ ...contact, message: "a\rb\u0085c\u2028d\u2029e\vf\fg\r\nh" }));
    expect(body.split("\r\n> ").slice(1)).toEqual([..."abcdefgh"]);
  });
});

describe("an address as it was stored", () => {
  it.each([
    ["mara@northlight.example", "mara@northlight.example"],
    ["  mara@northlight.example\n", "mara@northlight.example"],
    ["\u200b\u00a0mara@northlight.example\ufeff\u2060", "mara@northlight.example"],
    ["OLD@EXAMPLE.COM", "OLD@EXAMPLE.COM"],
    ["a.b+c@x.co", "a.b%2Bc@x.co"],
    ["o'brien@x.ie", "o'brien@x.ie"],
    ["john..doe@docomo.example", "john..doe@docomo.example"],
    ["taro@例え.example", "taro@xn--r8jz45g.example"],
    ["taro@例え。テスト", "taro@xn--r8jz45g.xn--zckzah"],
    ["γιώργος@BÜCHER.example", "%CE%B3%CE%B9%CF%8E%CF%81%CE%B3%CE%BF%CF%82@xn--bcher-kva.example"],
    ['"not@me"@example.org', "%22not%40me%22@example.org"],
    ['"a \\" b"@example.org', "%22a%20%5C%22%20b%22@example.org"],
    ["100%&?#=/@x.example", "100%25%26%3F%23%3D%2F@x.example"],
  ])("%j can be answered", (stored, inLink) => {
    expect(parseMailAddress(stored)).toEqual({ ok: true, inLink });
    expect(hrefOf({ ...contact, email: stored })).toContain(`mailto:${inLink}?subject=`);
  });

  it.each([
    ["mara", "it has no @"],
    ["@x.example", "nothing stands before the @"],
    ['""@x.example', "nothing stands before the @"],
    ["mara@", "nothing stands after the @"],
    ["a@b", "“b” has no dot"],
    ["a@x..example", "“x..example” is not a domain"],
    [`a@${"x".repeat(64)}.example`, `“${"x".repeat(64)}.example” is not a domain`],
    ["a@[192.0.2.1]", "it names a server by its number"],
    ["a@１９２.0.2.1", "it names a server by its number"],
    ["a b@x.example", "it has a blank in it"],
    ["Mara <a@x.example>", "it has a blank in it"],
    ["<a@x.example>", "it has “<” in it"],
    ["mailto:a@x.example", "it has “:” in it"],
    ["a@x.example,b@x.example", "it is more than one address"],
    ["a@x.example\nBcc: b@x.example", "it is more than one address"],
    ["a@b@c.example", "it has more than one @"],
    ["a@x.example?cc=b@x.example", "it has more than one @"],
    ["a@x.example?cc=b", "“x.example?cc=b” is not a domain"],
    ["a\u202e@x.example", "it has an invisible character in it (U+202E)"],
    ["a@x\u200b.example", "it has an invisible character in it (U+200B)"],
    ['"a@x.example', "its quotation mark is not closed"],
    ['"a" b@x.example', "no @ follows its quotation marks"],
    [`${"x".repeat(300)}@x.example`, "it is longer than any address can be"],
    [`${"é".repeat(130)}@x.example`, "it is longer than any address can be"],
  ])("%j cannot, and it is said why", (stored, why) => {
    expect(hrefOf({ ...contact, email: stored })).toBe(`You can't reply to this address: ${why}.`);
  });

  it.each(["", "Not specified", " \u200b\n"])("%j is none", (stored) => {
    expect(hrefOf({ ...contact, email: stored })).toBe("There is no address to reply to.");
  });

  it("is one address in the link, whatever was stored", () => {
    fc.assert(
      fc.property(oddText, oddText, (local, domain) => {
        const address = parseMailAddress(`${local}@${domain}.example`);
        if (!address.ok) return;
        expect(address.inLink).toMatch(/^[\w.!~*'()%-]+@[\w.-]+$/);
        expect(decodeURIComponent(address.inLink)).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});
