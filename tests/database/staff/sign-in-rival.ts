import { signIn } from "@/lib/staff/sign-in";

// One of several servers on one database: makes the given tries one after the other, and prints each answer.
const tries: { email: string; address: string }[] = JSON.parse(process.argv[2] ?? "[]");
const answers: string[] = [];
for (const { email, address } of tries) {
  const result = await signIn({ email, password: "not the password" }, { address, userAgent: null });
  answers.push(result.ok ? "ok" : result.code);
}
console.log(`answers ${JSON.stringify(answers)}`);
process.exit(0);
