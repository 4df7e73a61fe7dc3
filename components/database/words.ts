/** The texts of the database page, section by section. lib/health/words.ts words the numbers and states on it. */
export const databaseWords = {
  title: "Database",
  never: "never",
  notVisible: "Not visible",
  unknown: "unknown",
  byHand: "by hand",
  table: (label: string) => `${label}, table`,
  copy: (line: string) => `Copy ${line}`,

  seeMore: "To see more",
  seeMoreNote: "Everything below works without this. Someone who runs the server can run:",
};

export const keyFigureWords = {
  connections: "Server connections",
  keptForAdmins: (share: string, reserved: string) => `${share} · ${reserved} kept for administrators`,
  of: (used: string, most: string) => `${used} of ${most}`,
  pool: "The desk's pool",
  inUse: "in use now",
  waitingForLock: "Waiting for a lock",
  nobodyWaits: "nobody waits",
  size: "Database size",
  transactionIdsUsed: (share: string) => `${share} of the transaction ids used`,
  unknown: "Unknown",
  asking: "asking…",
};

export const backupWords = {
  title: "Backups",
  about: "A backup is proved once it has been restored into an empty database and every table's rows were the same.",
  states: {
    proved: "Proved",
    made: "Not checked",
    running: "In progress",
    unchecked: "Couldn't be checked",
    refuted: "Can't be restored",
    failed: "Failed",
  },
  off: "No backups are made: set BACKUP_DIR or BACKUP_S3_BUCKET.",
  notScheduled: "not scheduled",
  none: "No backups yet.",
  columns: { started: "Started", result: "Result", size: "Size", dump: "Dump", check: "Check" },
};

export const indexWords = {
  title: "Indexes",
  about: "The 50 largest, and how often a query used them.",
  largest: "These are the 50 largest.",
  unused: "Unused indexes",
  allUsed: "Every index has been used.",
  sinceCounting: "since the server began to count",
  sinceMade: "since the database was made",
  doubled: "Doubled indexes",
  doubledAbout:
    "Another index of the same table has the same columns, or begins with them, and serves the same queries.",
  noneDoubled: "No index doubles another.",
  sameColumns: "the same columns",
  beginsWith: "begins with its columns",
  columns: { index: "Index", table: "Table", used: "Used", size: "Size", servedBy: "Served by" },
};

export const poolWords = {
  title: "The desk's pool in the last hour",
  columns: { time: "Time", inUse: "In use", waiting: "Waiting", refused: "Refused", limit: "Limit" },
  waiting: "Waiting for one",
  first: "One point every 10 seconds. The first is on its way.",
};

export const sessionWords = {
  connections: "Connections",
  connectionsAbout: "All connections of the server: whose they are and what they do.",
  connectionColumns: { owner: "Owner", database: "Database", doing: "Doing", number: "Number", longest: "Longest" },
  locks: "Locks now",
  locksAbout: "Sessions that wait, and for whom. The wait ends when the other session's transaction ends.",
  noLocks: "Nobody is waiting.",
  lockColumns: { waiting: "Waiting", for: "For", since: "Since", heldBy: "Held by" },
  justNow: "just now",
  preparedTransaction: "a prepared transaction",
};

export const slowWords = {
  title: "Which screen is slow",
  none: "Nothing has asked the database yet.",
  notAsked: "Not asked for by this server",
  hidePlan: "Hide the plan",
  showPlan: "Show the plan",
  asking: "Asking the database…",
  planNote: "Planned for any values, not run.",
  readsAll: (tables: string) => `It may read all rows of ${tables}.`,
  readsNone: "It reads no table from end to end.",
  planOf: (what: string) => `Plan of ${what}`,
  statementOf: (index: number, screen: string) => `statement ${index} of ${screen}`,
};

export const tableWords = {
  title: "Tables",
  about: "The 50 largest. Row numbers are from the last vacuum or analyze.",
  columns: {
    table: "Table",
    compared: "Compared with the largest",
    rows: "Rows",
    itself: "Table itself",
    indexes: "Indexes",
    together: "Together",
  },
  locked: "locked, as last measured",
  vacuum: "Vacuum",
  vacuumAbout:
    "Changed and deleted rows stay until a vacuum clears them away. The server starts one by itself at the number of dead rows given here.",
  vacuumColumns: {
    table: "Table",
    dead: "Dead rows",
    from: "Cleared from",
    last: "Last vacuum",
    analyzed: "Analyzed",
  },
  bloat: "Bloat, an estimate",
  bloatAbout:
    "Room in a table's file that no row seems to use, worked out from the number of rows and their average width. It may be off by a tenth or more, and is unknown where the desk may not read a column. New rows use this room again. Only a very large share is worth a rewrite.",
  noLarge: "No table is larger than 1 MB.",
  bloatLabel: "Bloat",
  bloatColumns: { table: "Table", file: "File", unused: "Unused, about", share: "Share" },
};

export const upkeepWords = {
  transactionIds: "Transaction ids",
  transactionIdsAbout:
    "Every write uses one, and a vacuum frees old ones. A database that runs out of them takes no more writes.",
  otherDatabase: ", another database",
  holdsBack: "What keeps dead rows from being cleared",
  nothing: "Nothing right now.",
  session: "Session",
  preparedTransaction: "Prepared transaction",
  slot: "Replica's slot",
  replication: "Replication",
  replicationAbout: "Servers that follow this one, and how far behind they are.",
  noReplica: "No replica is connected.",
  replicas: "Replicas",
  replicaColumns: { replica: "Replica", state: "State", behind: "Behind" },
  slotsTitle: "Slots: what is kept for a reader until it has read it",
  noSlots: "None.",
  slots: "Slots",
  slotColumns: { slot: "Slot", state: "State", kept: "Kept" },
  beingRead: "read",
  notRead: "nobody reads it",
  notApplied: "not applied yet",
  newer: "of a newer version",
  changed: "its file has changed since",
  migrations: "Migrations",
  migrationsAbout: "The steps that made the database what this version needs.",
  allApplied: "none to be applied.",
  toApply: (count: string) => `${count} not yet: run npm run db:migrate.`,
  migrationColumns: { step: "Step", applied: "Applied" },
  disk: "Disk",
  diskAbout:
    "The database can't say how much of the machine's disk is free. Prometheus watches it: node_filesystem_avail_bytes, with the alert DiskLow.",
  database: "The database",
  lastVacuum: ", as of the last vacuum",
  log: "The server's log of writes",
  noLog: "not visible",
  spilled: "Written to disk by large sorts",
  deadlocks: "Deadlocks",
  databaseMade: "the database was made",
};
