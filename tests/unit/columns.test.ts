import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  clampWidth,
  columnIds,
  columns,
  detailsOf,
  layColumns,
  moveColumn,
  printColumns,
  resizeColumn,
  showColumn,
} from "@/lib/inbox/columns";

const shown = (laid: ReturnType<typeof layColumns>) => laid.filter((each) => each.shown).map(({ id }) => id);
const usual = ["contact", "service", "status", "age"];

describe("the columns of the list", () => {
  test("are the desk's own for whoever has never chosen", () => {
    expect(shown(layColumns(null))).toEqual(usual);
    expect(printColumns(layColumns(null))).toBeNull();
  });

  test("come back as they were kept, and every column is there exactly once", () => {
    const column = fc.record({ id: fc.constantFrom(...columnIds), width: fc.integer({ min: -50, max: 3_000 }) });
    fc.assert(
      fc.property(fc.array(column, { maxLength: 40 }), (preferred) => {
        const laid = layColumns(preferred);
        expect(laid.map(({ id }) => id).toSorted()).toEqual(columnIds.toSorted());
        expect(layColumns(printColumns(laid)).filter((each) => each.shown)).toEqual(laid.filter((each) => each.shown));
      }),
    );
  });

  test("pass over what is not on offer, and always have the contact", () => {
    expect(shown(layColumns([{ id: "shoe size" }, { id: "__proto__" }, { id: "status" }, { id: "status" }]))).toEqual([
      "contact",
      "status",
    ]);
    expect(shown(showColumn(layColumns(null), "contact", false))).toEqual(usual);
  });

  test("are shown at the end, hidden, and moved among the shown ones only", () => {
    const laid = showColumn(showColumn(layColumns(null), "email", true), "service", false);
    expect(shown(laid)).toEqual(["contact", "status", "age", "email"]);
    expect(shown(moveColumn(laid, "email", -1))).toEqual(["contact", "status", "email", "age"]);
    expect(moveColumn(laid, "email", 1)).toBe(laid);
    expect(moveColumn(laid, "contact", -1)).toBe(laid);
    expect(moveColumn(laid, "budget", -1)).toBe(laid);
  });

  test("keep a width within what their content needs", () => {
    expect(printColumns(resizeColumn(layColumns([{ id: "contact" }, { id: "status" }]), "status", 5))).toEqual([
      { id: "contact" },
      { id: "status", width: columns.status.narrowest },
    ]);
    expect(clampWidth("status", 5_000)).toBe(800);
  });

  test("ask for a row's details only where they are shown", () => {
    expect(detailsOf(layColumns(null))).toEqual([]);
    expect(detailsOf(layColumns([{ id: "complexity" }, { id: "email" }, { id: "company" }]))).toEqual([
      "email",
      "complexity",
    ]);
  });
});
