import { z } from "zod";
import { trimText } from "@/lib/text/visible-text";

/** An e-mail as stored: without blanks and invisible characters around it, in lower case, at most 254 characters (RFC 5321's limit on a path). */
export const emailSchema = z
  .string({ error: "Give an e-mail address." })
  .overwrite(trimText)
  .toLowerCase()
  .max(254, "That e-mail is too long.")
  .pipe(z.email("That is not an e-mail address."));

/** A person's name as stored: one line of 1 to 100 characters, of which something can be seen. */
export const nameSchema = z
  .string({ error: "Give a name." })
  .overwrite(trimText)
  .min(1, "Give a name.")
  .max(100, "Use at most 100 characters.")
  .regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u, "Use characters that can be typed, on one line.");

/** A password as typed; whether it may be chosen is decided by findPasswordProblem. */
export const passwordSchema = z.string({ error: "Give a password." }).max(1024, "That password is too long.");
