/** By SQLSTATE or socket error; `{}` stands for the variable's name. */
const sentences: [RegExp, string][] = [
  [/^ECONNREFUSED$/, "Cannot reach the database that {} names: nothing is listening on that host and port."],
  [/^(ENOTFOUND|EAI_AGAIN|EAI_NODATA)$/, "Cannot reach the database that {} names: its host name cannot be resolved."],
  [/^(ETIMEDOUT|EHOSTDOWN)$/, "Cannot reach the database that {} names: its host does not answer."],
  [/^(EHOSTUNREACH|ENETUNREACH)$/, "Cannot reach the database that {} names: there is no route to its host."],
  [/^(ENOENT|EACCES)$/, "Cannot reach the database that {} names: the socket's folder is missing or not readable."],
  [/^28P01$/, "The database refused the user or the password in {}."],
  [/^28000$/, "The database does not let this user in from here: check {}, pg_hba.conf, and whether TLS is required."],
  [/^3D000$/, "The server has no database with the name in {}."],
  [/^42501$/, "The user in {} may not connect to that database."],
  [/^53300$/, "The database that {} names has no free connection: try again, or raise its max_connections."],
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
  if (/timeout/i.test(inner.message ?? ""))
    return `Cannot reach the database that ${name} names: its host does not answer.`;
  if (/does not support SSL/i.test(inner.message ?? ""))
    return `${name} asks for TLS, which the server does not offer.`;
  if (/SASL|password must be a string/i.test(inner.message ?? ""))
    return `${name} has no password, and the server requires one.`;
  return `${name} names something that is not a PostgreSQL server${inner.code ? ` (${inner.code})` : ""}.`;
}
