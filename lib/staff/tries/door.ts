import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import { describeRefusedSignIn } from "../sign-in-form";
import { type Asking, noteRefusedTry, placeOf, queueLimits, toTrying } from "./asking";
import { rememberedKnownWait, rememberedWait } from "./remembered";
import { createTurns, HashingBusyError } from "./turns";

/**
 * How many sign-ins Next works on at once: two hash, two get ready. Those who wait, wait before Next, where it costs
 * next to nothing, so the thread stays free for everybody else.
 */
const inTurn = createTurns(queueLimits(4));

/**
 * Milliseconds that a refusal is held back: a flood asks as fast as it is answered, so this is what slows it down. The
 * more are held, the longer each; below the time after which the server cuts what is left at its stop.
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
 * Lets a try at sign-in through to `handle`, in its turn, or gives the refusal to answer. What is known to be used up is
 * refused before it waits. The application counts and decides once more: this only keeps floods from reaching it.
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
    await inTurn(placeOf(asking, trying), () => {
      begun = true;
      return handle();
    });
    return null;
  } catch (error) {
    if (error instanceof HashingBusyError && !begun) return refuse("busy", 2);
    throw error;
  }
}
