import { afterEach, describe, expect, test, vi } from "vitest";
import { findProgram, libreOffice, type Program } from "@/scripts/checks/programs";
import { Stop } from "@/scripts/command/stop";

const absent: Program = { ...libreOffice, variable: "ABSENT_PATH", paths: ["/nowhere/soffice"] };
const say = () => undefined;

afterEach(() => vi.unstubAllEnvs());

describe("a program that the tests need", () => {
  test("is the one that its variable names, and is told to the tests by it", async () => {
    vi.stubEnv("ABSENT_PATH", process.execPath);
    const said: string[] = [];
    await findProgram(absent, (line) => said.push(line));
    expect(process.env.ABSENT_PATH).toBe(process.execPath);
    expect(said).toEqual([`${process.execPath}, ${process.version}`]);
  });

  test("stops the run in a sentence where its variable names nothing", async () => {
    vi.stubEnv("ABSENT_PATH", "/nowhere");
    await expect(findProgram(absent, say)).rejects.toEqual(new Stop("ABSENT_PATH names a program that is not there."));
  });

  test("stops the run in a sentence where it is missing and cannot be installed", async () => {
    // Without a path there is no apt-get.
    vi.stubEnv("PATH", "/nowhere");
    await expect(findProgram(absent, say)).rejects.toEqual(
      new Stop("The tests of exported files need LibreOffice Calc: install it, or set ABSENT_PATH to where it is."),
    );
  });
});
