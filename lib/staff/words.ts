/** Why somebody could not sign in. */
export const signInProblems = {
  wrong: "That e-mail and password do not match.",
  wrongCode: "That code is not right.",
  expired: "The sign-in page has expired. Reload it and try again.",
  companyTimeout: "That took too long. Sign in with your company account again.",
  timeout: "That took too long. Start again with your password.",
  noPasswords: (provider: string) => `This desk takes no passwords. Sign in with ${provider}.`,
  tooMany: (wait: string) => `Too many tries. Wait ${wait} and try again.`,
  busy: "The desk is busy. Try again in a moment.",
  tooLong: "That is too much text for a sign-in.",
  notASignIn: "That is not a sign-in form.",
};

/** Why a change of staff, of one's own account or of one's own two-step sign-in was refused. */
export const staffProblems = {
  ownPassword: "Change your own password on your account page.",
  unknown: "This person is not on the staff list.",
  unreadable: "Couldn't read that. Reload the page and try again.",
  notAdmin: "You are no longer an admin.",
  emailTaken: "Someone with this e-mail is already on the list.",
  lastAdmin: (what: string) =>
    `The last active admin can't ${what}, because nobody could manage the desk. Add another admin first.`,
  neverLinked: "This person has not signed in with the provider yet.",
  samePassword: "Choose one that is not your current password.",
  changedMeanwhile: "Your password has been changed since. Sign in again.",
  wrongPassword: "That is not your current password.",
  tooManyWrong: (wait: string) => `Too many wrong passwords. Wait ${wait} and try again.`,
  withoutPassword: "You sign in without a password, so there is no two-step sign-in.",
  giveCode: "Enter the code.",
  ownFactor: "Turn off your own two-step sign-in on your account page.",
  factorOn: "Two-step sign-in is already on. Reload the page.",
  setUpOver: "This set-up has expired. Start again.",
  notTheCode: "That is not the current code. Check the app again, and check that your phone's clock is right.",
  factorOff: "Two-step sign-in is no longer on. Reload the page.",
  giveEmail: "Enter an e-mail address.",
  emailTooLong: "That e-mail is too long.",
  notAnEmail: "That is not an e-mail address.",
  giveName: "Enter a name.",
  nameTooLong: "Use at most 100 characters.",
  nameCharacters: "Use characters that can be typed, on one line.",
  givePassword: "Enter a password.",
  passwordTooLong: "That password is too long.",
};
