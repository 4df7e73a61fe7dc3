import type { Page } from "playwright/test";
import type { TestContact } from "../inbox-contacts";
import { query } from "../sign-in";
import { expect } from "../test";

/** The contact's name on the screen when a key was pressed, and right after; null without a contact. */
type Pressed = { key: string; before: string | null; after: string | null; covered: boolean };

/** One thing that the person did to a contact. */
type Deed = { name: string; change: string; undone: boolean };

const decisions: Record<string, string> = { "2": "in_review", "5": "closed", "6": "spam" };

/**
 * A person who works on a page, with a model of what they must see: what they did, in order. It does not know how
 * triage stores that.
 */
export class Worker {
  readonly deeds: Deed[] = [];
  /** Contacts that a colleague has changed. The person's own changes to them may have been refused. */
  readonly touched = new Set<string>();
  /** Contacts for which an answer was lost. */
  readonly unknown = new Set<string>();
  /** Deeds whose undo got no answer. The desk asks again, before the next change of the contact or by the next undo. */
  private readonly halfUndone = new Set<Deed>();

  constructor(
    readonly page: Page,
    readonly contacts: TestContact[],
    readonly staffId: string,
  ) {}

  /** Presses keys as fast as the page handles them: it only waits for the page to render between two keys. */
  async press(keys: string[]): Promise<Pressed[]> {
    const pressed = await this.page.evaluate(pressAll, keys);
    for (const each of pressed) this.note(each);
    return pressed;
  }

  private note({ key, before, after, covered }: Pressed): void {
    // An open dialog takes all keys.
    if (covered) return;
    if (key === "z") this.noteUndo(before, after);
    const change = decisions[key] ?? (key === "i" ? "assigned" : null);
    if (change !== null && before !== null) {
      this.finishUndo(before);
      this.deeds.push({ name: before, change, undone: false });
    }
    if (key === "j" && before !== null && after !== null)
      expect(this.positionOf(after)).toBeGreaterThan(this.positionOf(before));
    if (key === "k" && before !== null && after !== before)
      expect(this.positionOf(after)).toBeLessThan(this.positionOf(before));
  }

  /** The last deed is on the screen. A deed on a touched contact may have been undone already. */
  private noteUndo(before: string | null, after: string | null): void {
    const open = this.deeds.filter(({ undone }) => !undone);
    const target = open.findLast(({ name }) => name === after || !this.touched.has(name));
    if (!target) {
      if (!open.some(({ name }) => this.touched.has(name))) expect(after).toBe(before);
      return;
    }
    expect(after).toBe(target.name);
    target.undone = true;
    this.halfUndone.delete(target);
  }

  /** The desk knows a contact's version only once every earlier request about it is answered. */
  private finishUndo(contact: string): void {
    for (const deed of this.halfUndone) {
      if (deed.name !== contact) continue;
      deed.undone = true;
      this.halfUndone.delete(deed);
    }
  }

  private positionOf(name: string | null): number {
    return this.contacts.findIndex((contact) => contact.name === name);
  }

  /** Waits until nothing is in progress; a conflict dialog is answered in the colleague's favour. */
  async settle(): Promise<void> {
    const card = this.page.getByRole("dialog");
    for (let quiet = 0; quiet < 2; ) {
      if (await card.isVisible()) await card.getByRole("button", { name: /Keep theirs|OK/ }).click();
      const busy = await this.page.evaluate(isBusy);
      quiet = busy ? 0 : quiet + 1;
    }
  }

  /** Presses one key whose answer is lost: its outcome is unknown, and an undo does not count as made yet. */
  async pressInVain(key: string): Promise<void> {
    const open = this.deeds.filter(({ undone }) => !undone);
    for (const { before, after } of await this.press([key])) this.unknown.add((key === "z" ? after : before) ?? "");
    for (const deed of open.filter(({ undone }) => undone)) {
      deed.undone = false;
      this.halfUndone.add(deed);
    }
    await this.settle();
  }

  /**
   * Checks that the database has exactly what was done and not undone, for contacts that only this person has changed.
   */
  async checkStored(): Promise<void> {
    const mine = this.contacts.filter(({ name }) => !this.touched.has(name) && !this.unknown.has(name));
    const expected = mine.map(({ name }) => {
      const standing = this.deeds.filter((deed) => deed.name === name && !deed.undone).map(({ change }) => change);
      const status = standing.filter((change) => change !== "assigned").at(-1) ?? "new";
      return { name, status, assigned: standing.includes("assigned") };
    });
    await expect
      .poll(() =>
        query(
          `select c.name, c.status, c.assignee_id is not null as assigned
          from unnest($1::text[]) with ordinality w (id, at) join contact_submissions c on c.id = w.id order by w.at`,
          [mine.map(({ id }) => id)],
        ),
      )
      .toEqual(expected);
  }

  /** The contacts after this one that wait in the queue for this person, in order. */
  async listWaiting(behind: string): Promise<string[]> {
    const waiting = await query<{ name: string }>(
      `select c.name
      from unnest($1::text[]) with ordinality w (id, at)
      join contact_submissions c on c.id = w.id
      where c.status in ('new', 'in_review') and not exists (
        select from triage_claims k where k.contact_id = c.id and k.staff_id <> $2 and k.claimed_until > now())
      order by w.at`,
      [this.contacts.map(({ id }) => id), this.staffId],
    );
    return waiting.map(({ name }) => name).filter((name) => this.positionOf(name) > this.positionOf(behind));
  }
}

/** Runs in the page: presses each key once the page has rendered the result of the previous one. */
async function pressAll(keys: string[]): Promise<Pressed[]> {
  const name = () => document.querySelector("#triage-name bdi")?.textContent ?? null;
  const pressed: Pressed[] = [];
  for (const key of keys) {
    const before = name();
    const covered = document.querySelector('[role="dialog"]') !== null;
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    await new Promise((resolve) => setTimeout(resolve));
    pressed.push({ key, before, after: name(), covered });
  }
  return pressed;
}

/** Runs in the page: whether triage is waiting for an answer, or a change is being saved. */
async function isBusy(): Promise<boolean> {
  await new Promise((resolve) => setTimeout(resolve, 20));
  const leaving = new Event("beforeunload", { cancelable: true });
  window.dispatchEvent(leaving);
  return leaving.defaultPrevented || document.querySelector('main[aria-busy="false"]') === null;
}
