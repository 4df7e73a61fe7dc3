/** What somebody hears who has more under way at once than their share. Nothing was done. */
export const busyWords = "You have asked for too much at once. Try again in a moment.";
