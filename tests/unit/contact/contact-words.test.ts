import { describe, expect, it } from "vitest";
import { given, pageHref } from "@/lib/contact/given";
import { describeHistory } from "@/lib/contact/history";
import { checkContactId, parseContactId } from "@/lib/contact/identifier";

describe("a contact's id in a path", () => {
  it.each(["legacy 5/ümlaut?&#", "a%2Fb", "100%", "contact_✓_旧", "a'b\"c<d>", "+", "0"])("%s survives", (id) => {
    expect(parseContactId(encodeURIComponent(id))).toBe(id);
  });

  it("is none for a malformed escape, a NUL, nothing, or more than the column holds", () => {
    for (const segment of ["%", "%zz", "%ff", "%00", "a%00b", "", "x".repeat(256)])
      expect(parseContactId(segment)).toBeNull();
    expect(checkContactId("😀".repeat(255))).not.toBeNull();
  });

  it("is taken as it is from a query", () => {
    expect([".", "..", "open", "%41"].map(checkContactId)).toEqual([".", "..", "open", "%41"]);
  });
});

describe("what the visitor gave", () => {
  it("is nothing where they left it out", () => {
    expect([null, "", "  ", "Not specified", " Northlight AB "].map(given)).toEqual([
      null,
      null,
      null,
      null,
      "Northlight AB",
    ]);
  });

  it("becomes a link only for http and https", () => {
    expect(pageHref("https://example.com/contact?x=1")).toBe("https://example.com/contact?x=1");
    for (const page of [
      "/services",
      "javascript:alert(1)",
      "data:text/html,x",
      " https://x",
      "//evil.example",
      "https://",
      "https://a:b@x.example/",
    ]) {
      expect(pageHref(page)).toBeNull();
    }
  });
});

describe("a change in the history", () => {
  const entry = {
    operation: "update",
    actor: "staff",
    staffName: "Tomo Sato",
    undo: false,
    fields: ["status"],
    statusFrom: "in_review",
    statusTo: "new",
  } as const;

  it("says who set which status", () => {
    expect(describeHistory({ ...entry, fields: ["status"] })).toEqual({
      who: "Tomo Sato",
      what: "changed the status",
      step: { from: "In review", to: "New" },
    });
  });

  it("says when it was an undo", () => {
    expect(describeHistory({ ...entry, fields: ["status"], undo: true }).what).toBe("restored the status");
  });

  it("shows statuses that are not ours as stored, and none as such", () => {
    const { step } = describeHistory({ ...entry, fields: ["status"], statusFrom: null, statusTo: "waiting-on-legal" });
    expect(step).toEqual({ from: "No status", to: "waiting-on-legal" });
    const given = describeHistory({ ...entry, fields: ["status"], statusFrom: "Not specified" });
    expect(given.step?.from).toBe("No status");
  });

  it("says what the website did, field by field", () => {
    const website = { ...entry, actor: "website", staffName: null } as const;
    const what = (fields: string[]) => describeHistory({ ...website, fields }).what;
    expect(what(["document_insights"])).toBe("analysed documents");
    expect(what(["name", "email", "message"])).toBe("changed the name, e-mail address and message");
    expect(what(["document_insights", "status"])).toBe("analysed documents and changed the status");
    expect(what([])).toBe("changed the contact");
    expect(describeHistory({ ...website, fields: [] }).who).toBe("The website");
  });

  it("says that a contact is back because the same address wrote again", () => {
    const fields = ["snoozed_until", "wrote_again_at"];
    const said = describeHistory({ ...entry, actor: "system", staffName: null, fields });
    expect(`${said.who} ${said.what}`).toBe("Contact Desk brought it back because the same address wrote again");
  });

  it("names the system, staff whose row is gone, and a deletion", () => {
    expect(describeHistory({ ...entry, actor: "system", staffName: null, fields: [] }).who).toBe("Contact Desk");
    expect(describeHistory({ ...entry, staffName: null, fields: [] }).who).toBe("A colleague");
    expect(describeHistory({ ...entry, operation: "delete", fields: [] })).toMatchObject({
      what: "deleted the contact",
      step: null,
    });
  });
});
