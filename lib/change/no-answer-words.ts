/** What people read if a server action gave no answer. Apart from the other texts, because every page may need it. */
export const noAnswerWords = {
  signedOut: "You were signed out, so this was not saved. Sign in and try again.",
  offline: "You are offline, so this was not saved. Try again when you are back online.",
  unanswered: "No answer came back. Check the list to see whether the change was made.",
} as const;
