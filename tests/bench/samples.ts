import type { Sort } from "@/lib/filter/filter";
import { compareRows } from "./ask-rows";
import { type Condition, listConditions, toFilter } from "./filters";
import { idealRows } from "./ideal-rows";
import type { Question } from "./line";
import { toTiming } from "./measure";
import { seededRandom, type World } from "./world";

/** Random pairs and triples of filters. Their percentiles are over different queries, each the middle of its runs. */
export function sampleQuestions(world: World): Question[] {
  const near = { p95: 50, worst: 200, bar: "50 ms p95, 200 worst" };
  const others = { p95: 300, worst: Number.POSITIVE_INFINITY, bar: "300 ms p95" };
  return [
    sampleQuestion(world, 2, "-timestamp", near),
    sampleQuestion(world, 3, "-timestamp", near),
    sampleQuestion(world, 2, "name", near),
    sampleQuestion(world, 3, "name", near),
    sampleQuestion(world, 2, "company", others),
    sampleQuestion(world, 2, "status", others),
    sampleQuestion(world, 2, "-documents", others),
  ];
}

function sampleQuestion(
  world: World,
  size: 2 | 3,
  sort: Sort,
  { p95, worst, bar }: { p95: number; worst: number; bar: string },
): Question {
  return {
    group: "samples",
    name: `${world.sample} random ${size === 2 ? "pairs" : "triples"}, sort=${sort}`,
    ask: async () => {
      const ours: number[] = [];
      const ideal: number[] = [];
      let slowest = { time: 0, url: "" };
      for (const parts of drawSample(world, size)) {
        const url = parts.map((part) => part.url).join("&");
        const condition = parts.map((part) => `(${part.sql})`).join(" and ");
        const filter = toFilter(`${url}&sort=${sort}`);
        const compared = await compareRows(world, filter, idealRows(condition, sort), { times: 2 });
        ours.push(compared.ours.p50);
        if (compared.ideal) ideal.push(compared.ideal.p50);
        if (compared.ours.p50 > slowest.time) slowest = { time: compared.ours.p50, url };
      }
      const timing = toTiming(ours);
      const without = ours.length - ideal.length;
      const note = `worst ${Math.round(slowest.time)} ms: ${slowest.url}${without ? `; ${without} without an ideal` : ""}`;
      const met = timing.p95 <= p95 && timing.worst <= worst;
      return { ours: timing, ideal: ideal.length > 0 ? toTiming(ideal) : null, unit: "ms", bar, met, note };
    },
  };
}

/** The same combinations in every run and every order. Two conditions on one field would be another filter. */
function drawSample(world: World, size: number): Condition[][] {
  const conditions = listConditions(world.today, world.zone);
  const random = seededRandom(size);
  const drawn: Condition[][] = [];
  while (drawn.length < world.sample) {
    const parts: Condition[] = [];
    while (parts.length < size) {
      const part = conditions[Math.floor(random() * conditions.length)];
      if (part && !parts.some((other) => shareField(other, part))) parts.push(part);
    }
    drawn.push(parts);
  }
  return drawn;
}

function shareField(a: Condition, b: Condition): boolean {
  const keys = ({ url }: Condition) => [...new URLSearchParams(url).keys()].map((key) => key.replace(/^-|\.all$/g, ""));
  const taken = keys(a);
  return keys(b).some((key) => taken.includes(key));
}
