import { signIn } from "./application";
import { withStaff } from "./staff";
import type { World } from "./world";

/** Does the work with so many people signed in, by their cookies: the fair shares bound what one person gets. */
export function withPeople<R>(world: World, count: number, work: (cookies: string[]) => Promise<R>): Promise<R> {
  if (count === 0) return work([]);
  return withStaff(world, async (staffId) => {
    const cookie = await signIn(world.client, staffId);
    return withPeople(world, count - 1, (others) => work([cookie, ...others]));
  });
}
