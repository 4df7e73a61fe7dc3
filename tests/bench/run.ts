import { bulkQuestions } from "./bulk";
import { listenToQueries } from "./capture";
import { connectionQuestions } from "./connections";
import { exportQuestions } from "./export";
import { fairQuestions } from "./fair";
import { makeDocuments } from "./fair-document";
import { httpQuestions, withSite } from "./http";
import { lighthouseQuestions } from "./lighthouse";
import { ask, type Line, printHead, printLine, type Question } from "./line";
import { numberQuestions } from "./numbers";
import { pageQuestions } from "./pages";
import { sampleQuestions } from "./samples";
import { slowedQuestions } from "./slowed";
import { removeLeftStaff } from "./staff";
import { triageQuestions } from "./triage";
import { wordQuestions } from "./words";
import { openWorld, type World } from "./world";
import { writeQuestions } from "./writes";

export type BenchOptions = {
  repeat: number;
  sample: number;
  seconds: number;
  /** Groups of questions to ask; null for all. */
  groups: string[] | null;
  buildAtHand: boolean;
  say: (line: string) => void;
  /** False once the command is on its way out. */
  goesOn: () => boolean;
};

/** The groups that ask the running application. */
const onSite = ["http", "export", "bulk", "fair", "slowed", "lighthouse"];

export type Report = { contacts: number; server: string; node: string; startedAt: string; lines: Line[] };

/** Asks every question of the wanted groups on one database, and says each line as it comes. */
export async function runBench(url: string, options: BenchOptions): Promise<Report> {
  const { say, groups, goesOn } = options;
  listenToQueries();
  const world = await openWorld(url, options);
  await removeLeftStaff(world.client);
  const server = await world.client.query<{ server_version: string }>("show server_version");
  const report: Report = {
    contacts: world.contacts,
    server: server.rows[0]?.server_version ?? "",
    node: process.versions.node,
    startedAt: new Date().toISOString(),
    lines: [],
  };
  say(`${world.contacts.toLocaleString("en-GB")} contacts, PostgreSQL ${report.server}, Node ${report.node}\n`);
  say(printHead());
  try {
    const askAll = async (questions: Question[]) => {
      for (const question of questions) {
        if (!goesOn() || !wants(groups, question.group)) continue;
        const line = await ask(question);
        // Interrupted: what it says now is no answer.
        if (!goesOn()) return;
        report.lines.push(line);
        say(printLine(line));
      }
    };
    await askAll(listQuestions(world));
    if (goesOn() && onSite.some((group) => wants(groups, group))) {
      const documents = makeDocuments();
      process.env.DOCUMENTS_DIR = documents.folder;
      await withSite(world, options, (site) =>
        askAll([
          ...httpQuestions(world, site),
          ...exportQuestions(world, site),
          ...bulkQuestions(world, site),
          ...fairQuestions(world, site),
          ...slowedQuestions(world, site, say),
          ...lighthouseQuestions(world, site, say),
        ]),
      ).finally(documents.remove);
    }
  } finally {
    await world.client.end();
  }
  if (!goesOn()) return report;
  const answers = report.lines.flatMap((line) => ("answer" in line ? [line.answer] : []));
  const count = (met: boolean) => answers.filter((answer) => answer.met === met).length;
  say(`\n${count(true)} met, ${count(false)} not met, ${report.lines.length - answers.length} failed`);
  return report;
}

function wants(groups: string[] | null, group: string): boolean {
  return groups === null || groups.includes(group);
}

function listQuestions(world: World): Question[] {
  return [
    ...pageQuestions(world),
    ...wordQuestions(world),
    ...sampleQuestions(world),
    ...numberQuestions(world),
    ...connectionQuestions(world),
    ...triageQuestions(world),
    ...writeQuestions(world),
  ];
}
