import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@/generated/prisma/client";
import { getPool } from "./pool";

const shared = globalThis as unknown as { contactDeskPrisma?: PrismaClient };

function getClient(): PrismaClient {
  shared.contactDeskPrisma ??= new PrismaClient({ adapter: new PrismaPg(getPool()) });
  return shared.contactDeskPrisma;
}

/** Prisma over the pool, for simple reads and writes. Connects when first used. */
export const db: PrismaClient = new Proxy({} as PrismaClient, {
  get: (_target, property) => {
    const client = getClient();
    const value = Reflect.get(client, property, client);
    return typeof value === "function" ? value.bind(client) : value;
  },
});
