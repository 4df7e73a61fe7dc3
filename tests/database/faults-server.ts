import { runChunk } from "@/lib/change/bulk";

/** A server of the desk's, as far as large changes go: makes what is under way until there is none. Run to be killed. */
while (await runChunk().catch(() => true));
process.exit(0);
