/**
 * What stands in place of a secret once a text is redacted, which happens before anything else sees it: its kind and
 * eight hex digits. Personal data is replaced too and may rightly be there. Cassettes, which are redacted when they are
 * written, have shorter tokens: what they hold reached no trace.
 */
const TOKEN = /\[(private-key|bearer|jwt|api-key|aws-key|github-token|slack-token):[0-9a-f]{8}\]/;

/** Kind of the first secret that stood in a text before it was redacted; undefined = none of a known form. */
export function secretKind(redacted: string): string | undefined {
  return TOKEN.exec(redacted)?.[1];
}
