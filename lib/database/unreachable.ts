/** By SQLSTATE or socket error; `{}` stands for the variable's name. */
const sentences: [RegExp, string][] = [
  [/^ECONNREFUSED$/, "No database answers where {} says: nothing listens on that host and port."],
  [/^(ENOTFOUND|EAI_AGAIN|EAI_NODATA)$/, "No database answers where {} says: the name of its host is not known here."],
  [
    /^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN)$/,
    "No database answers where {} says: its host cannot be reached.",
  ],
  [/^(ENOENT|EACCES)$/, "No database answers where {} says: the socket's folder is missing or closed."],
  [/^28P01$/, "The database refused the user or the password in {}."],
  [/^28000$/, "The database does not let this user in from here: check {}, pg_hba.conf, and whether TLS is demanded."],
  [/^3D000$/, "The server answers, but it has no database of the name in {}."],
  [/^42501$/, "The user in {} may not connect to that database."],
  [/^53300$/, "The database that {} names has no connection free: try again, or raise its max_connections."],
  [/^57P03$/, "The database that {} names is starting up or shutting down: try again in a moment."],
  [
    /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_.*|CERT_.*|ERR_TLS_.*)$/,
    "The certificate of the database that {} names is not trusted here: set sslrootcert in {}, or sslmode=no-verify.",
  ],
];

/**
 * Why a connection could not be made, in one sentence for the administrator. It never repeats a value.
 * @param name the variable that says where the database is
 */
export function describeUnreachable(
  error: { code?: string; message?: string; errors?: unknown[] },
  name: string,
): string {
  // A host with several addresses fails with one error for each.
  const inner = (error.errors?.[0] ?? error) as { code?: string; message?: string };
  const known = sentences.find(([pattern]) => pattern.test(inner.code ?? ""));
  if (known) return known[1].replaceAll("{}", name);
  if (/timeout/i.test(inner.message ?? "")) return `No database answers where ${name} says: its host stays silent.`;
  if (/does not support SSL/i.test(inner.message ?? ""))
    return `${name} asks for TLS, which the server does not offer.`;
  if (/SASL|password must be a string/i.test(inner.message ?? ""))
    return `${name} gives no password and one is demanded.`;
  return `What answers where ${name} says is not a PostgreSQL server${inner.code ? ` (${inner.code})` : ""}.`;
}
