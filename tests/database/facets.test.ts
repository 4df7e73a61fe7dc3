import { beforeAll, expect, test } from "vitest";
import { emptyFilter, withField } from "@/lib/filter/filter";
import { listFacets } from "@/lib/inbox/facets";
import { countContacts } from "@/lib/inbox/queries";
import { makeUglyContacts, storeContacts } from "./inbox-rows";

const zone = "Europe/Berlin";
beforeAll(() => storeContacts(makeUglyContacts(430)));

test("every value of every facet is a link to exactly as many contacts as it says", async () => {
  for (const facet of await listFacets(emptyFilter, zone)) {
    for (const { value, count } of facet.values) {
      const filter = withField(emptyFilter, facet.key, { set: [value] });
      expect({ key: facet.key, value, ...(await countContacts(filter, zone)) }).toEqual({
        key: facet.key,
        value,
        count,
        exact: true,
      });
    }
  }
});
