import { AsyncLocalStorage } from "node:async_hooks";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { type Prisma, PrismaClient } from "@/generated/prisma/client";
import { ofProcess } from "@/lib/runtime/of-process";
import { parseInstant } from "./instants";

/** What models can be asked in a transaction. A `findUnique` is missing: Prisma would gather those of several transactions into one. */
type Asked<Model> = Omit<Model, "findUnique" | "findUniqueOrThrow" | "fields">;

type ModelName = Exclude<keyof Prisma.TransactionClient, `$${string}` | symbol>;

/** Prisma's models, bound to one transaction of query.ts. */
export type Models = { readonly [Name in ModelName]: Asked<Prisma.TransactionClient[Name]> };

/** A transaction that is under way. `ended`: its connection may be somebody else's by now. */
export type Connection = { client: pg.PoolClient; queryTimeout: number; ended: boolean };

/** One call of a model: where its statements go, and what the driver said where one of them failed. */
type Call = { connection: Connection; failure?: unknown };

const calls = ofProcess("calls of models", () => new AsyncLocalStorage<Call>());

/**
 * Prisma's models on the connection of a transaction, which has its person's share of the pool, its purpose's limits and its mode
 * already. Each call begins at once, and fails with the driver's own error, so that whatever reads errors sees one kind.
 */
export function bindModels(connection: Connection): Models {
  return new Proxy({} as Models, {
    get: (_target, model) => bindModel(Reflect.get(getClient(), model), connection),
  });
}

type Operation = (args?: unknown) => PromiseLike<unknown>;

function bindModel(model: Record<string, Operation>, connection: Connection) {
  return new Proxy(model, {
    get: (_target, name: string) => (args?: unknown) => {
      if (/^findUnique/.test(name)) throw new Error("findUnique of several transactions would become one query.");
      const call: Call = { connection };
      return calls.run(call, async () => {
        try {
          return await model[name]?.(args);
        } catch (error) {
          throw call.failure ?? error;
        }
      });
    },
  });
}

function getClient(): Record<string | symbol, never> {
  return ofProcess("models", () => {
    const client = new PrismaClient({ adapter: new PrismaPg(new TransactionPool()) });
    return client as unknown as Record<string | symbol, never>;
  });
}

/**
 * What Prisma's adapter takes for a pool: it hands out the connection of the transaction around each call. A transaction of Prisma's
 * own, as for a nested write, is part of that one: it neither begins nor ends another.
 */
class TransactionPool extends pg.Pool {
  override query = ((query: pg.QueryConfig) => ask(query)) as unknown as pg.Pool["query"];
  override connect = (async () => {
    const query = async (query: pg.QueryConfig) => {
      return /^(BEGIN|COMMIT|ROLLBACK)$/.test(query.text) ? { fields: [], rows: [], rowCount: 0 } : ask(query);
    };
    return { query, on: () => undefined, removeListener: () => undefined, release: () => undefined };
  }) as unknown as pg.Pool["connect"];
}

async function ask(query: pg.QueryConfig): Promise<pg.QueryResult> {
  const call = calls.getStore();
  if (!call || call.connection.ended) throw new Error("A model was asked outside of its transaction.");
  const { client, queryTimeout } = call.connection;
  try {
    return await client.query({
      ...query,
      types: withInstants(query.types),
      query_timeout: queryTimeout,
    } as pg.QueryConfig);
  } catch (error) {
    call.failure = error;
    throw error;
  }
}

/** The adapter's own parsers, but for instants that no JavaScript date can hold. */
function withInstants(types: pg.CustomTypesConfig | undefined): pg.CustomTypesConfig {
  return {
    getTypeParser: ((type: number, format: "text") => {
      if (type === pg.types.builtins.TIMESTAMPTZ) return (text: string) => parseInstant(text).toISOString();
      return types?.getTypeParser(type, format) ?? pg.types.getTypeParser(type, format);
    }) as pg.CustomTypesConfig["getTypeParser"],
  };
}
