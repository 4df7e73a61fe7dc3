import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import { HashingBusyError } from "../password/hashing-busy";
import { describeRefusedSignIn } from "../sign-in-form";
import { type Asking, callerOf, noteRefusedTry, queueLimits, toTrying } from "./asking";
import { rememberedKnownWait, rememberedWait } from "./remembered";
import { createTurns } from "./turns";

/**
 * How many sign-ins Next works on at once: two hash while two prepare. The others wait before they reach Next, where
 * waiting costs next to nothing. So the thread stays free for everybody else.
 */
const inTurn = createTurns(queueLimits(4));

/**
 * How long a refusal is held back, in ms. A flood asks as fast as it is answered, so this slows it down. The more are
 * held, the longer each is. The maximum is below the time after which a stopping server drops open requests.
 */
const holdBack = { least: 1_000, forEach: 20, most: 5_000 };
let held = 0;

async function hold(): Promise<void> {
  held++;
  await pause(Math.min(holdBack.least + held * holdBack.forEach, holdBack.most));
  held--;
}

type Refused = ReturnType<typeof describeRefusedSignIn>;

/**
 * Passes a sign-in attempt on to `handle` in its turn, or returns the refusal. An attempt whose limit is known to be
 * used up is refused without waiting. The application counts and decides again: this only keeps floods away from it.
 */
export async function passDoor(asking: Asking, handle: () => Promise<void>): Promise<Refused | null> {
  const trying = toTrying(asking);
  const refuse = async (code: "throttled" | "busy", retryAfter: number) => {
    noteRefusedTry(code, asking, trying);
    await hold();
    return describeRefusedSignIn({ ok: false, code, retryAfter });
  };
  const { known } = asking;
  const retryAfter = known ? rememberedKnownWait(trying, known.proves) : rememberedWait(trying);
  if (retryAfter > 0) return refuse("throttled", retryAfter);
  let begun = false;
  try {
    await inTurn(callerOf(asking, trying), () => {
      begun = true;
      return handle();
    });
    return null;
  } catch (error) {
    if (error instanceof HashingBusyError && !begun) return refuse("busy", 2);
    throw error;
  }
}
