import { readBackupLocation } from "@/lib/backup/settings";
import { readDatabaseSettings } from "@/lib/database/settings";
import { readStoreSettings } from "@/lib/documents/settings";
import { checkSettings, listUnknown, SettingError } from "@/lib/settings/settings";
import { readProvider } from "@/lib/staff/provider/settings";
import { readSecret } from "@/lib/staff/session/token";

/**
 * Ends the process with one sentence if a setting is wrong or missing, before anything starts. Otherwise people would
 * see it on the first page that needs the setting. Warns of variables that look like settings and are none.
 */
export function requireSettings(): void {
  try {
    checkSettings();
    readDatabaseSettings();
    readStoreSettings();
    readBackupLocation();
    readSecret();
    readProvider();
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
  for (const name of listUnknown()) console.warn(`${name} is no setting of Contact Desk.`);
}
