import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  clampWidth,
  columnIds,
  columns,
  detailsOf,
  layColumns,
  moveColumn,
  parseShown,
  printColumns,
  printShown,
  resizeColumn,
  showColumn,
} from "@/lib/list/columns";

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

  test("are a view's where it has some, and then too as wide as the person has them", () => {
    const own = [{ id: "contact" }, { id: "status", width: 200 }, { id: "email", width: 300, shown: false }];
    expect(shown(layColumns(own))).toEqual(["contact", "status"]);
    const laid = layColumns(own, ["email", "contact", "status"]);
    expect(shown(laid)).toEqual(["email", "contact", "status"]);
    expect(laid.slice(0, 3).map(({ width }) => width)).toEqual([300, 150, 200]);
    expect(shown(layColumns(own, ["status"]))).toEqual(["contact", "status"]);
    expect(laid.map(({ id }) => id).toSorted()).toEqual(columnIds.toSorted());
  });

  test("keep their width while they are hidden, and are not shown for it", () => {
    const wide = resizeColumn(layColumns(null), "email", 300);
    expect(printColumns(wide)).toEqual([...usual.map((id) => ({ id })), { id: "email", width: 300, shown: false }]);
    expect(layColumns(printColumns(wide))).toEqual(wide);
    const again = showColumn(showColumn(wide, "email", true), "email", false);
    expect(again).toEqual(wide);
  });

  test("are read from an address as they were printed to it", () => {
    const some = fc.uniqueArray(fc.constantFrom(...columnIds));
    fc.assert(
      fc.property(some, (ids) => {
        const laid = layColumns(ids.map((id) => ({ id })));
        expect(parseShown(printShown(laid))).toEqual({ shown: shown(laid), unknown: [] });
      }),
    );
    expect(parseShown("email,shoe size,,email,__proto__,toString")).toEqual({
      shown: ["contact", "email"],
      unknown: ["shoe size", "__proto__", "toString"],
    });
    for (const nothing of [null, "", ",,"]) expect(parseShown(nothing)).toEqual({ shown: null, unknown: [] });
    expect(parseShown("shoe size").shown).toBeNull();
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
