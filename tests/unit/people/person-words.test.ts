import { describe, expect, it } from "vitest";
import { listWords } from "@/lib/people/words";

const wordsOf = (address: string | null, names: string[]) => listWords({ address, names, contacts: [] }, true);

describe("the words of a person", () => {
  it("are names of two words with capitals, or of a script without them", () => {
    const names = [
      "Ines Marten",
      "O'Neil van Dyk-Maas",
      "Ségolène d’Arc Royal",
      "J. R. R. Tolkien Reuel",
      "田中 太郎",
      "نور الهدى",
    ];
    expect(wordsOf(null, names)).toEqual(names);
  });

  it("are nothing that stands in everybody's records, or in JSON", () => {
    const names = [
      "Ines",
      "of the",
      "a b",
      "A B",
      '", "',
      ": {",
      "Ines Marten, Ltd",
      "Ines\nMarten",
      "Ines M4rten",
      "Ines marten",
      "田 中",
    ];
    expect(wordsOf(null, names)).toEqual([]);
  });

  it("are one whole address", () => {
    expect(wordsOf("a.b+c@x.example", [])).toEqual(["a.b+c@x.example"]);
    for (const address of [
      "@",
      "a@b",
      "@x.example",
      '"a b"@x.example',
      "a@x.example, b@x.example",
      "a@b@x.example",
      "a\\@x.example",
    ]) {
      expect(wordsOf(address, [])).toEqual([]);
    }
  });

  it("leave names out where they are to stay", () => {
    expect(listWords({ address: null, names: ["Ines Marten"], contacts: [] }, false)).toEqual([]);
  });
});
