/** The advisory lock that a run of migrations holds, one per database: the ASCII codes of "desk". */
export const migrationLock = 0x6465736b;
