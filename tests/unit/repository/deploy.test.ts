import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { listVariables } from "@/lib/settings/settings";
import { packageFolder } from "@/scripts/building/packaging";

type Service = {
  image: string;
  build?: { context: string; dockerfile: string; target: string };
  command?: string[];
  environment?: Record<string, string>;
  secrets?: (string | { source: string; target: string })[];
  volumes?: string[];
  ports?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test?: string[]; disable?: boolean };
  read_only?: boolean;
};
type Compose = {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
  secrets: Record<string, { file: string }>;
};

// There is no engine here that would run it: what the file says is read as an engine reads it.
const text = readFileSync("deploy/compose.yaml", "utf8");
const compose: Compose = parse(text, { merge: true });
const services = Object.entries(compose.services);
const dockerfile = readFileSync("deploy/Dockerfile", "utf8").replaceAll("\\\n", " ");
const lines = dockerfile.split("\n").filter((line) => /^[A-Z]+ /.test(line));

/** The lines of one stage. */
function stage(name: string): string[] {
  const start = lines.findIndex((line) => line.startsWith("FROM ") && line.endsWith(` AS ${name}`));
  const end = lines.findIndex((line, at) => at > start && line.startsWith("FROM "));
  return lines.slice(start, end < 0 ? undefined : end);
}

/** The rules and the dashboard come with the metrics: their files count once their folder is there. */
const isOurs = (source: string) => {
  const folder = /^\.\/(prometheus|grafana)\//.exec(source)?.[1];
  return !folder || existsSync(join("deploy", folder));
};

const service = (name: string): Service => compose.services[name] as Service;

describe("compose.yaml", () => {
  test("has the parts of an installation, each image by its tag", () => {
    expect(Object.keys(compose.services).sort()).toEqual(
      ["app", "db", "grafana", "migrate", "node-exporter", "pgbouncer", "prometheus"].sort(),
    );
    for (const [name, { image }] of services) {
      expect([name, image]).toEqual([name, expect.stringMatching(/^[a-z0-9./-]+:(?!latest$)[a-z0-9.-]+$/)]);
    }
    expect(service("db").image).toBe("postgres:16-alpine");
  });

  test("tunes the database as the desk is tested, preloads the statistics, and logs slow statements without values", () => {
    const set = service("db").command?.filter((word) => word.includes("="));
    expect(set).toEqual([
      "max_connections=200",
      "shared_buffers=256MB",
      "effective_cache_size=1GB",
      "work_mem=16MB",
      "shared_preload_libraries=pg_stat_statements",
      "log_min_duration_statement=1000",
      "log_parameter_max_length=0",
    ]);
    expect(service("db").volumes).toContain("db-data:/var/lib/postgresql/data");
  });

  test("starts the application when the migrations have ended, and those when the database answers", () => {
    for (const [name, { depends_on = {} }] of services) {
      for (const [other, { condition }] of Object.entries(depends_on)) {
        expect(compose.services, `${name} depends on ${other}`).toHaveProperty(other);
        if (condition === "service_healthy") expect(service(other).healthcheck?.test).toBeDefined();
      }
    }
    expect(service("app").depends_on?.migrate).toEqual({ condition: "service_completed_successfully" });
    expect(service("migrate").depends_on?.db).toEqual({ condition: "service_healthy" });
    expect(service("migrate").healthcheck).toEqual({ disable: true });
    // While the roles are made the server answers on its socket alone.
    expect(service("db").healthcheck?.test).toContain("--host=127.0.0.1");
  });

  test("opens nothing to the network", () => {
    for (const port of services.flatMap(([, { ports = [] }]) => ports)) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
    expect(service("app").ports).toEqual(["127.0.0.1:3000:3000"]);
    expect(stage("app")).toContain("EXPOSE 3000");
  });

  test("gives the desk only settings that it has", () => {
    const known = listVariables();
    for (const name of ["app", "migrate"]) {
      const given = Object.keys(service(name).environment ?? {});
      expect(given.filter((variable) => !known.includes(variable))).toEqual([]);
    }
    const named = [...text.matchAll(/\$\{([A-Z0-9_]+)/g)].map(([, variable]) => variable);
    expect(named.filter((variable) => !known.includes(variable ?? ""))).toEqual([]);
    expect(service("app").environment).toMatchObject({ DB_HOST: "pgbouncer", DB_PORT: "6432" });
  });

  test("gives secrets as files alone, to whom needs them", () => {
    for (const [name, { environment = {}, secrets = [] }] of services) {
      const mounted = secrets.map((secret) => (typeof secret === "string" ? secret : secret.source));
      for (const secret of mounted) expect(compose.secrets, `${name} is given ${secret}`).toHaveProperty(secret);
      for (const [variable, value] of Object.entries(environment)) {
        const file = /^\/run\/secrets\/(\w+)$/.exec(value)?.[1];
        if (file) expect(mounted, `${name} reads ${variable}`).toContain(file);
        expect(`${variable}=${file ? "" : value}`).not.toMatch(/(PASSWORD|SECRET|TOKEN)=./);
      }
    }
    // The application never has the owner's password.
    expect(service("app").secrets).toEqual(["db_app_password", "nextauth_secret", "metrics_token"]);
  });

  test("mounts files and volumes that are there", () => {
    for (const volume of services.flatMap(([, { volumes = [] }]) => volumes)) {
      const [source = ""] = volume.split(":");
      if (!/^[./]/.test(source)) expect(compose.volumes).toHaveProperty(source);
      else if (isOurs(source)) expect(existsSync(resolve("deploy", source)), source).toBe(true);
    }
  });

  test("runs ours with a read-only root", () => {
    for (const name of ["app", "migrate", "pgbouncer"]) {
      expect([name, service(name).read_only, service(name).build?.dockerfile]).toEqual([
        name,
        true,
        "deploy/Dockerfile",
      ]);
    }
    for (const [, { build }] of services) if (build) expect(stage(build.target).length).toBeGreaterThan(0);
  });
});

describe("the Dockerfile", () => {
  test("takes images by their tag, for whatever processor", () => {
    const bases = lines.filter((line) => line.startsWith("FROM ")).map((line) => line.split(" ")[1] ?? "");
    for (const base of bases) expect(base).toMatch(/^(node|debian):(?!latest)[a-z0-9.]+-slim$|^node:\d+-[a-z]+-slim$/);
    expect(lines.join("\n")).not.toMatch(/--platform|amd64|x86_64|arm64|aarch64/);
  });

  test("takes the package that npm run package makes, and runs it as an ordinary user", () => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
    expect(scripts).toHaveProperty("package");
    expect(stage("build")).toContain("RUN npm run package");
    // The image's build has the usual folder, whatever that of the tests is.
    const folder = packageFolder.replace(/^[^/]+/, ".next");
    expect(stage("app")).toContain(`COPY --from=build --chown=root:root /src/${folder} ./`);
    for (const [name, user] of [
      ["app", "node"],
      ["pgbouncer", "postgres"],
    ] as const) {
      expect(stage(name).findLast((line) => line.startsWith("USER "))).toBe(`USER ${user}`);
    }
  });

  test("asks for liveness, and for a pg_dump that is no older than any server the desk runs on", () => {
    const check = stage("app").find((line) => line.startsWith("HEALTHCHECK"));
    expect(check).toMatch(/\/api\/health`/);
    expect(stage("app").join("\n")).toMatch(/apt\.postgresql\.org\.sh.*postgresql-client .*ge 18/);
  });

  test("leaves out of the build nothing that the build reads, and no secret", () => {
    const ignored = readFileSync("deploy/Dockerfile.dockerignore", "utf8").split("\n");
    for (const secret of [".env", ".data", "deploy"]) expect(ignored).toContain(secret);
    // Types are checked in the build, of scripts and tests too.
    for (const needed of ["app", "lib", "sql", "prisma", "scripts", "tests", "public"])
      expect(ignored).not.toContain(needed);
  });
});

describe("make-secrets.sh", () => {
  const folder = mkdtempSync(join(tmpdir(), "contact-desk-secrets-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const make = () => execFileSync("sh", ["deploy/make-secrets.sh", join(folder, "secrets")]);
  const read = () =>
    Object.fromEntries(
      readdirSync(join(folder, "secrets")).map((name) => [name, readFileSync(join(folder, "secrets", name), "utf8")]),
    );

  test("makes every secret of compose.yaml, in a closed folder, and none a second time", () => {
    make();
    const made = read();
    expect(Object.keys(made).sort()).toEqual(Object.keys(compose.secrets).sort());
    for (const [name, { file }] of Object.entries(compose.secrets)) expect(file).toBe(`./secrets/${name}`);
    expect(new Set(Object.values(made)).size).toBe(Object.keys(made).length);
    expect(statSync(join(folder, "secrets")).mode & 0o777).toBe(0o700);
    expect(made.db_owner_url).toBe(`postgresql://desk_owner:${made.db_owner_password?.trim()}@db:5432/website\n`);
    expect(made.pgbouncer_users).toBe(`"desk_app" "${made.db_app_password?.trim()}"\n`);
    make();
    expect(read()).toEqual(made);
  });
});
