/** What people read who have more requests in progress than their share. Nothing was done. */
export const busyWords = "You are asking for too much at once. Try again in a moment.";
