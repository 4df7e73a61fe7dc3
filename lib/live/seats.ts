/** Streams at once: of this server, and of one person over all their sessions. */
export const mostStreams = { ofServer: 500, ofPerson: 20 };

/**
 * Whether a person gets one more stream, where each of `people` has one. With every place taken somebody with fewer than others
 * still gets one: the oldest stream of whoever has most has to go. Gives that stream's index, "free" where none has to go, or
 * null where there is no place for this person.
 */
export function findSeat(people: readonly string[], person: string, most = mostStreams): number | "free" | null {
  const counts = new Map<string, number>();
  for (const one of people) counts.set(one, (counts.get(one) ?? 0) + 1);
  const own = counts.get(person) ?? 0;
  if (own >= most.ofPerson) return null;
  if (people.length < most.ofServer) return "free";
  const [richest, theirs] = [...counts].reduce((one, other) => (other[1] > one[1] ? other : one), ["", 0]);
  // With one less they must not have fewer: the two would take it from each other for ever.
  return theirs >= own + 2 ? people.indexOf(richest) : null;
}
