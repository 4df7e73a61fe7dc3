/** The people of the sample. They exist only where sample data does, with a password that each installation makes. */
export const sampleStaff = [
  { id: "5a3b1c00-0000-4000-8000-000000000001", email: "ada@example.com", name: "Ada Lindgren", role: "admin" },
  { id: "5a3b1c00-0000-4000-8000-000000000002", email: "milo@example.com", name: "Milo Brandt", role: "manager" },
  { id: "5a3b1c00-0000-4000-8000-000000000003", email: "tomo@example.com", name: "Tomo Sato", role: "agent" },
] as const;
