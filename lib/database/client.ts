import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@/generated/prisma/client";
import { toDatabaseError } from "./errors";
import { getPool } from "./pool";

function createClient() {
  const client = new PrismaClient({ adapter: new PrismaPg(getPool()) });
  // What Prisma throws becomes what everything else here throws.
  return client.$extends({
    query: {
      $allOperations: ({ args, query }) =>
        query(args).catch((error: unknown) => {
          throw toDatabaseError(error);
        }),
    },
  });
}

type Client = ReturnType<typeof createClient>;

const shared = globalThis as unknown as { contactDeskPrisma?: Client };

/**
 * Prisma over the pool, for simple reads and writes; created when first used, so that a build needs no database.
 * Whatever must not be lost in doubt, or takes longer than a page may, goes through `query.ts`.
 */
export const db: Client = new Proxy({} as Client, {
  get: (_target, property) => {
    shared.contactDeskPrisma ??= createClient();
    const value = Reflect.get(shared.contactDeskPrisma, property, shared.contactDeskPrisma);
    return typeof value === "function" ? value.bind(shared.contactDeskPrisma) : value;
  },
});
