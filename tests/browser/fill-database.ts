import { seedSample } from "@/prisma/seed";

// A program of its own, run before the browser tests, because its imports work only on the server.
const directUrl = process.env.DATABASE_DIRECT_URL ?? "";
const documentsDir = process.env.DOCUMENTS_DIR ?? "";
const password = process.env.SAMPLE_PASSWORD ?? "";
await seedSample({ directUrl, documentsDir, password, contacts: 1_200 });
