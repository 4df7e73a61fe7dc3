/**
 * What prisma/schema.prisma says about the database, one line for each object; catalogue.ts describes a live database
 * in the same way. Prisma's own comparison needs its schema engine, which must be downloaded from Prisma's host.
 */
export function describePrismaSchema(text: string): string[] {
  const models = [...text.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].map(([, name = "", body = ""]) => ({
    name,
    table: quoted(body, /@@map\("(\w+)"\)/) ?? name,
    lines: body
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line && !line.startsWith("//")),
  }));
  const tables = new Map(models.map(({ name, table }) => [name, table]));
  const columnsOf = new Map(models.map(({ name, lines }) => [name, readColumnNames(lines)]));

  return models
    .flatMap(({ name, table, lines }) => {
      const columns = columnsOf.get(name) ?? new Map<string, string>();
      const list = (fields: string) =>
        fields.replaceAll(/(\w+)(\((?:sort: (Desc)|ops: \w+)\))?/g, (_all, field, _options, desc) =>
          [columns.get(field) ?? field, desc && "desc"].filter(Boolean).join(" "),
        );
      return lines.flatMap((line) => {
        if (line.startsWith("@@")) return describeBlock(line, table, list);
        const [field = "", type = ""] = line.split(/\s+/);
        const base = type.replace(/[?[\]]+$/, "");
        const target = tables.get(base);
        if (target) return describeRelation(line, table, target, list, columnsOf.get(base));
        return describeField(line, table, columns.get(field) ?? field, type);
      });
    })
    .sort();
}

function readColumnNames(lines: string[]): Map<string, string> {
  return new Map(
    lines
      .filter((line) => /^[a-z]/.test(line))
      .map((line) => {
        const field = line.split(/\s+/)[0] ?? "";
        return [field, quoted(line, /@map\("(\w+)"\)/) ?? field];
      }),
  );
}

function describeBlock(line: string, table: string, list: (fields: string) => string): string[] {
  const fields = list(/\[(.*)\]/.exec(line)?.[1] ?? "");
  if (line.startsWith("@@id")) return [`${table} key (${fields})`];
  // A unique index that is not a constraint is described like any other index.
  if (!/^@@(index|unique)/.test(line)) return [];
  const method = /type: Gin/.test(line) ? "gin" : "btree";
  return [`${table} index ${quoted(line, /map: "(\w+)"/)} ${method} (${fields})`];
}

function describeRelation(
  line: string,
  table: string,
  target: string,
  list: (fields: string) => string,
  targetColumns?: Map<string, string>,
): string[] {
  const fields = /fields: \[([^\]]*)\]/.exec(line)?.[1];
  if (!fields) return [];
  const references = /references: \[([^\]]*)\]/.exec(line)?.[1] ?? "";
  const onDelete = /onDelete: (\w+)/.exec(line)?.[1];
  const onUpdate = /onUpdate: (\w+)/.exec(line)?.[1];
  return [
    `${table} (${list(fields)}) references ${target} (${targetColumns?.get(references)}) delete ${onDelete} update ${onUpdate}`,
  ];
}

const types: Record<string, string> = {
  String: "text",
  Int: "integer",
  BigInt: "bigint",
  Boolean: "boolean",
  Json: "jsonb",
};
const nativeTypes: Record<string, string> = {
  VarChar: "character varying",
  Timestamptz: "timestamp with time zone",
  Uuid: "uuid",
  Date: "date",
  Decimal: "numeric",
};

function describeField(line: string, table: string, column: string, type: string): string[] {
  const native = /@db\.(\w+)(\([^)]*\))?/.exec(line);
  const size = (native?.[2] ?? "").replaceAll(" ", "");
  const base = type.replace(/[?[\]]+$/, "");
  const sqlType = native
    ? `${nativeTypes[native[1] ?? ""]}${native[1] === "Timestamptz" ? "" : size}`
    : (types[base] ?? base);
  const said = /@default\((dbgenerated\("(.*?)"\)|"(.*?)"|.*?\(\)|\[\]|\w+)\)/.exec(line);
  const value = said?.[2] ?? said?.[3] ?? said?.[1];
  const list = type.endsWith("[]");
  return [
    [
      `${table}.${column}`,
      sqlType + (list ? "[]" : ""),
      type.endsWith("?") ? "null" : "not null",
      value === undefined ? "" : `default ${list ? "{}" : value}`,
    ]
      .filter(Boolean)
      .join(" "),
    ...(/@id\b/.test(line) ? [`${table} key (${column})`] : []),
    ...(/@unique\b/.test(line) ? [`${table} unique (${column})`] : []),
  ];
}

function quoted(text: string, pattern: RegExp): string | undefined {
  return pattern.exec(text)?.[1];
}
