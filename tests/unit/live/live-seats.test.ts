import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findSeat } from "@/lib/live/seats";

const most = { ofServer: 12, ofPerson: 5 };
const person = fc.constantFrom("a", "b", "c", "d", "e", "f", "g");

/** Where each of these comes in turn; gives who has a stream in the end, and how often one had to go. */
function seat(arrivals: string[]) {
  const people: string[] = [];
  let moved = 0;
  for (const one of arrivals) {
    const found = findSeat(people, one, most);
    if (found === null) continue;
    if (found !== "free") {
      people.splice(found, 1);
      moved++;
    }
    people.push(one);
  }
  return { people, moved };
}

describe("streams over people", () => {
  test("no more than there are seats, and no more than one may have", () => {
    fc.assert(
      fc.property(fc.array(person, { maxLength: 200 }), (arrivals) => {
        const { people } = seat(arrivals);
        expect(people.length).toBeLessThanOrEqual(most.ofServer);
        for (const one of people)
          expect(people.filter((other) => other === one).length).toBeLessThanOrEqual(most.ofPerson);
      }),
    );
  });

  test("a newcomer gets one, whoever holds the others, unless each has one only", () => {
    fc.assert(
      fc.property(fc.array(person, { maxLength: 200 }), (arrivals) => {
        const { people } = seat(arrivals);
        const found = findSeat(people, "newcomer", most);
        if (people.length < most.ofServer) expect(found).toBe("free");
        else if (new Set(people).size < people.length) expect(found).not.toBeNull();
        else expect(found).toBeNull();
      }),
    );
  });

  test("people who all want more take nothing from each other for ever", () => {
    fc.assert(
      fc.property(fc.array(person, { maxLength: 200 }), (arrivals) => {
        const { people } = seat(arrivals);
        // Everybody comes back again and again, as browsers do.
        const again = Array.from({ length: 20 }, () => [...new Set(people)]).flat();
        expect(seat([...people, ...again]).moved).toBeLessThanOrEqual(most.ofServer);
      }),
    );
  });

  test("the oldest of whoever has most goes", () => {
    expect(findSeat(["a", "b", "b", "a", "b"], "c", { ofServer: 5, ofPerson: 5 })).toBe(1);
    expect(findSeat(["a", "a", "b", "b"], "a", { ofServer: 4, ofPerson: 5 })).toBeNull();
    expect(findSeat(["a", "a", "b"], "a", { ofServer: 9, ofPerson: 2 })).toBeNull();
  });
});
