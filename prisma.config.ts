import { defineConfig } from "prisma/config";

// Prisma only generates the client here; migrations are plain SQL in sql/, applied by scripts/migrate.ts.
export default defineConfig({ schema: "prisma/schema.prisma" });
