/** The texts of fields for days and times. */
export const calendarWords = {
  open: "Open the calendar",
  choose: (label: string) => `Choose a day: ${label}`,
  previousMonth: "Previous month",
  nextMonth: "Next month",
  weekdays: ["Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"],
  anyDay: "Any day",
  notDay: "Type a day, such as 22 Nov 2026.",
  notTime: "Type a time, such as 09:30.",
};
