/** Whose eyes a filter is read with: the same URL is another set for another person, or in another zone. */
export type Viewer = {
  /** The person behind the request, whom `me` stands for. */
  staffId: string;
  /** The desk's, an IANA name: days are cut in it, by the database. */
  timeZone: string;
};
