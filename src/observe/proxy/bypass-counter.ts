import { hostOf } from './proxy-path.ts';

/** Requests to another host. */
export interface Bypass {
  /** With the port where one was given; `…` = hosts beyond the first 1,000. */
  readonly host: string;
  /** As the credentials of the tripwire say; undefined = the client sent none. */
  readonly runId: string | undefined;
  readonly count: number;
}

const MOST_HOSTS = 1000;

/** Counts what clients wanted to send elsewhere; bounded whatever they ask for. */
export function createBypassCounter() {
  const counts = new Map<string, Bypass>();
  return {
    count: (authority: string, credentials: string | undefined): void => {
      const runId = userOf(credentials);
      const seen = JSON.stringify([hostOf(authority), runId]);
      const isRoom = counts.has(seen) || counts.size < MOST_HOSTS;
      const [key, bypass] = isRoom
        ? [seen, { host: hostOf(authority), runId, count: 0 }]
        : ['…', { host: '…', runId: undefined, count: 0 }];
      const before = counts.get(key) ?? bypass;
      counts.set(key, { ...before, count: before.count + 1 });
    },
    counted: (): readonly Bypass[] => [...counts.values()],
  };
}

/** The user name of basic credentials; clients percent-decode what the URL of the proxy says, but not all do. */
function userOf(credentials: string | undefined): string | undefined {
  const encoded = /^basic ([A-Za-z0-9+/=]{1,1000})$/i.exec(credentials ?? '')?.[1];
  const user = encoded && Buffer.from(encoded, 'base64').toString('utf8').split(':')[0];
  if (user === undefined || user === '') return undefined;
  try {
    return decodeURIComponent(user);
  } catch {
    return user;
  }
}
