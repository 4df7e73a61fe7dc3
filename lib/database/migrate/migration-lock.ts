/** The advisory lock that a run of migrations holds, one a database: the ASCII of "desk". */
export const migrationLock = 0x6465736b;
