import { AsyncLocalStorage } from "node:async_hooks";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { type Prisma, PrismaClient } from "@/generated/prisma/client";
import { ofProcess } from "@/lib/runtime/of-process";
import { parseInstant } from "./instants";

/**
 * The calls that a model allows in a transaction. `findUnique` is left out, because Prisma would join the calls of
 * several transactions into one query.
 */
type Asked<Model> = Omit<Model, "findUnique" | "findUniqueOrThrow" | "fields">;

type ModelName = Exclude<keyof Prisma.TransactionClient, `$${string}` | symbol>;

/** Prisma's models, bound to one transaction of query.ts. */
export type Models = { readonly [Name in ModelName]: Asked<Prisma.TransactionClient[Name]> };

/** A transaction in progress. Once it has `ended`, its connection may belong to somebody else. */
export type Connection = { client: pg.PoolClient; queryTimeout: number; ended: boolean };

/** One call of a model: the connection for its statements, and the driver's error if one of them failed. */
type Call = { connection: Connection; failure?: unknown };

const calls = ofProcess("calls of models", () => new AsyncLocalStorage<Call>());

/**
 * Prisma's models on a transaction's connection, which already has its pool share, time limits and mode. Each call
 * starts at once. It fails with the driver's own error, so that code that reads errors sees only one kind.
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
 * The pool that Prisma's adapter sees. It always gives the connection of the surrounding transaction. A transaction
 * that Prisma starts itself, as for a nested write, becomes part of that one: its begin and commit are ignored.
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

/** The adapter's own parsers, except for instants that no JavaScript date can hold. */
function withInstants(types: pg.CustomTypesConfig | undefined): pg.CustomTypesConfig {
  return {
    getTypeParser: ((type: number, format: "text") => {
      if (type === pg.types.builtins.TIMESTAMPTZ) return (text: string) => parseInstant(text).toISOString();
      return types?.getTypeParser(type, format) ?? pg.types.getTypeParser(type, format);
    }) as pg.CustomTypesConfig["getTypeParser"],
  };
}
