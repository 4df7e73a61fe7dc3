import { seedSample } from "@/prisma/seed";

// Run by itself before the browser tests: what it imports is meant for the server only.
const directUrl = process.env.DATABASE_DIRECT_URL ?? "";
const documentsDir = process.env.DOCUMENTS_DIR ?? "";
const password = process.env.SAMPLE_PASSWORD ?? "";
await seedSample({ directUrl, documentsDir, password, contacts: 1_200 });
