import { redactForCassette } from '../../observe/proxy/cassette-redaction.ts';
import { liveUpstream } from '../../observe/proxy/live-upstream.ts';
import { startProxy } from '../../observe/proxy/start-proxy.ts';
import { endWithInput } from './proxy-process.ts';

/** The proxy as live runs use it: requests are read and hashed, answers read too. First argument: the provider's address. */
const proxy = await startProxy({
  upstream: liveUpstream({ openai: { baseUrl: process.argv[2] ?? '', keyHeaders: { authorization: 'Bearer key' } } }),
  faultFor: () => undefined,
  record: () => undefined,
  redact: redactForCassette,
  now: () => performance.timeOrigin + performance.now(),
  tripwire: false,
  signal: new AbortController().signal,
});
process.stdout.write(`${proxy.openRun('bench').environment(['openai'])['OPENAI_BASE_URL']}\n`);
endWithInput();
