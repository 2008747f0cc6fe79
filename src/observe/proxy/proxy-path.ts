/** Where a request is meant to go. */
export type ProxyPath =
  | { readonly to: 'provider'; readonly runId: string; readonly provider: string; readonly path: string }
  /** To another host, which the proxy is not asked to reach. */
  | { readonly to: 'elsewhere'; readonly host: string }
  | { readonly to: 'unknown' };

const LONGEST_PATH = 8192;

/**
 * Reads the target of a request. Clients that take the proxy for a forward proxy send a whole URL; one that names the
 * proxy's own host counts as its path.
 * @param ownHost with the port
 */
export function readProxyPath(target: string, ownHost: string): ProxyPath {
  const absolute = /^https?:\/\/([^/?#]*)(.*)$/is.exec(target);
  const [host, local] = absolute === null ? [ownHost, target] : [hostOf(absolute[1] ?? ''), absolute[2] ?? ''];
  if (host !== ownHost) return { to: 'elsewhere', host };
  const parts = local.length > LONGEST_PATH ? null : /^\/+r\/+([^/?#]+)\/+([^/?#]+)(\/[^#]*)/s.exec(local);
  const [runId, provider] = [decoded(parts?.[1]), decoded(parts?.[2])];
  if (runId === undefined || provider === undefined) return { to: 'unknown' };
  return { to: 'provider', runId, provider, path: parts?.[3] ?? '/' };
}

/** Without credentials, in lower case, shortened: it ends up in reports. */
export function hostOf(authority: string): string {
  return authority
    .slice(authority.lastIndexOf('@') + 1)
    .toLowerCase()
    .slice(0, 255);
}

function decoded(segment: string | undefined): string | undefined {
  try {
    return segment === undefined ? undefined : decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
