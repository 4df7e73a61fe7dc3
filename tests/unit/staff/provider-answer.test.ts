import { NextRequest } from "next/server";
import { encode } from "next-auth/jwt";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { answerEnd, inTurn, readProviderAnswer } from "@/lib/staff/provider/answer";

const secret = "a secret for the tests of answers";
beforeEach(() => {
  vi.stubEnv("NEXTAUTH_SECRET", secret);
  vi.stubEnv("NEXTAUTH_URL", "http://desk.example");
  return () => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  };
});

/** A state as next-auth seals it (core/lib/oauth/checks.js). */
const seal = (value: string, salt = "next-auth.state", provider = "company", maxAge = 900) =>
  encode({ token: { value, provider }, secret, salt, maxAge });

const open = (query: string, cookie: string) =>
  new NextRequest(`http://desk.example/api/auth/callback/company?${query}`, { headers: { cookie } });
const read = async (query: string, cookie: string) => (await readProviderAnswer(open(query, cookie)))?.toString();

describe("an answer in the address is the provider's to this browser", () => {
  test("when its state is the one that the cookie holds; of the rest only what is known goes on", async () => {
    const cookie = `next-auth.state=${await seal("mine")}`;
    expect(await read("code=a&state=mine&iss=b&prompt=none", cookie)).toBe("code=a&state=mine&iss=b");
  });

  test("and where the desk is on https, when the cookie is the one for https", async () => {
    vi.stubEnv("NEXTAUTH_URL", "https://desk.example");
    const name = "__Secure-next-auth.state";
    expect(await read("code=a&state=mine", `${name}=${await seal("mine", name)}`)).toBe("code=a&state=mine");
    expect(await read("code=a&state=mine", `next-auth.state=${await seal("mine")}`)).toBeUndefined();
  });

  test.each([
    ["of another name", async () => `x-next-auth.state=${await seal("mine")}`],
    ["that was invented", async () => "next-auth.state=invented"],
    ["that holds another state", async () => `next-auth.state=${await seal("another")}`],
    ["that was sealed for something else", async () => `next-auth.state=${await seal("mine", "next-auth.nonce")}`],
    ["of another provider", async () => `next-auth.state=${await seal("mine", undefined, "other")}`],
    ["that is over", async () => `next-auth.state=${await seal("mine", undefined, undefined, -60)}`],
    ["that is not there", async () => ""],
  ])("but not with a cookie %s", async (_, cookie) =>
    expect(await read("code=a&state=mine", await cookie())).toBeUndefined(),
  );

  test("but not without a state or a code", async () => {
    const cookie = `next-auth.state=${await seal("mine")}`;
    expect(await read("state=mine", cookie)).toBeUndefined();
    expect(await read("code=a", cookie)).toBeUndefined();
    expect(await read("code=a&state=", cookie)).toBeUndefined();
  });
});

describe("places for sign-ins that wait for the provider", () => {
  /** Work for an address that goes on until it is let go; `begun` counts it. */
  function hold(address: string, count: number) {
    let letGo = () => {};
    const until = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const held = { begun: 0, letGo, answers: [] as Promise<string | null>[] };
    held.answers = Array.from({ length: count }, () =>
      inTurn(address, async () => {
        held.begun++;
        await until;
        return "done";
      }),
    );
    return held;
  }

  test("are four of one address, however much it asks for; another comes in meanwhile", async () => {
    const greedy = hold("203.0.113.1", 30);
    expect(await inTurn("203.0.113.2", async () => "done")).toBe("done");
    expect(await inTurn(null, async () => "done")).toBe("done");
    expect(greedy.begun).toBe(4);
    greedy.letGo();
    const answers = await Promise.all(greedy.answers);
    // Four and eight that waited; the others hear "busy".
    expect(answers.filter((answer) => answer === "done")).toHaveLength(12);
    expect(answers.filter((answer) => answer === null)).toHaveLength(18);
  });

  test("are counted by the /64 of IPv6", async () => {
    const [one, other] = [hold("2001:db8::1", 3), hold("2001:db8::2", 3)];
    await inTurn("203.0.113.2", async () => undefined);
    expect(one.begun + other.begun).toBe(4);
    one.letGo();
    other.letGo();
    await Promise.all([...one.answers, ...other.answers]);
  });

  test("are given back by work that fails", async () => {
    for (let count = 0; count < 30; count++) {
      await expect(inTurn("203.0.113.1", () => Promise.reject(new Error("failed")))).rejects.toThrow("failed");
    }
  });
});

test("what a stranger put into the address reaches neither the log nor the page", async () => {
  let logged = "";
  vi.spyOn(process.stdout, "write").mockImplementation((line) => {
    logged += line;
    return true;
  });
  const request = open("code=a&state=mine&iss=timed+out", `next-auth.state=${await seal("mine")}`);
  const query = await readProviderAnswer(request);
  const failure = new Error("iss mismatch, expected https://id.example, got: timed out");
  const { headers } = await answerEnd(request, query, Response.json({}), { failure });
  expect(headers.get("location")).toBe("/sign-in?problem=refused");
  expect(logged).toContain('"reason":"refused"');
  expect(logged).not.toContain("timed out");
});
