/** The texts of the desk's settings. People's data and old months have their own. */
export const settingsWords = {
  title: "Settings",
  desk: "Desk",
  deskNote: "The same for everyone who works here.",
  name: "Desk name",
  nameHint: "Shown above the pages and at sign-in.",
  timeZone: "Time zone",
  timeZoneHint: "Days begin at midnight there: in filters, charts and every time shown.",
  saved: "Settings saved.",
  save: "Save settings",

  businessHours: "Business hours",
  opens: (day: string) => `${day} from`,
  closes: (day: string) => `${day} to`,
  closed: "Closed",
  businessHoursNote: (first: string) =>
    `In the desk's time zone. A day that closes at 00:00 is open until midnight. With these days, a week begins on ${first}.`,

  responseWithin: "First response due within",
  everyService: "Every service",
  hoursForEvery: "Hours for every service",
  service: "Service",
  hoursFor: (service: string) => `Hours for ${service || "the service"}`,
  removeTarget: (service: string) => `Remove the target for ${service || "the service"}`,
  addService: "Add a service",
  responseWithinNote: "Business hours since the contact was sent. If all are empty, nothing is ever overdue.",

  person: "A person's data",
  personNote: "When someone asks what you keep about them, or asks to be forgotten.",
  findPerson: "Find a person",
  retention: "Removal by age",
  retentionNote: "Old contacts are removed on Mondays, with their documents, notes and history.",
  months: "Old months",
  monthsNote:
    "History and the website's events are kept by month. Old months can be taken off: they are no longer shown, and stay in the database until someone drops them.",
};
