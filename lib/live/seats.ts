/** Most streams at once: of this server, and of one person over all their sessions. */
export const mostStreams = { ofServer: 500, ofPerson: 20 };

/**
 * Whether a person gets another stream; `people` has one entry for each open stream. If all are taken, somebody with
 * fewer streams than others still gets one: the oldest stream of the person with most must go.
 * @returns the index of the stream that must go, "free" if none must, or null if the person gets none
 */
export function findSeat(people: readonly string[], person: string, most = mostStreams): number | "free" | null {
  const counts = new Map<string, number>();
  for (const one of people) counts.set(one, (counts.get(one) ?? 0) + 1);
  const own = counts.get(person) ?? 0;
  if (own >= most.ofPerson) return null;
  if (people.length < most.ofServer) return "free";
  const [richest, theirs] = [...counts].reduce((one, other) => (other[1] > one[1] ? other : one), ["", 0]);
  // They must not end up with fewer than this person, or the two would take the stream from each other for ever.
  return theirs >= own + 2 ? people.indexOf(richest) : null;
}
