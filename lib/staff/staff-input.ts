import { z } from "zod";
import { trimText } from "@/lib/text/visible-text";
import { staffProblems } from "./words";

/**
 * An e-mail as stored: without blanks and invisible characters around it, in lower case, at most 254 characters (RFC
 * 5321's limit on a path).
 */
export const emailSchema = z
  .string({ error: staffProblems.giveEmail })
  .overwrite(trimText)
  .toLowerCase()
  .max(254, staffProblems.emailTooLong)
  .pipe(z.email(staffProblems.notAnEmail));

/** A person's name as stored: one line of 1 to 100 characters, of which something can be seen. */
export const nameSchema = z
  .string({ error: staffProblems.giveName })
  .overwrite(trimText)
  .min(1, staffProblems.giveName)
  .max(100, staffProblems.nameTooLong)
  .regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u, staffProblems.nameCharacters);

/** A password as typed; whether it may be chosen is decided by findPasswordProblem. */
export const passwordSchema = z.string({ error: staffProblems.givePassword }).max(1024, staffProblems.passwordTooLong);
