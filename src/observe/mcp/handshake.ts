import type { ClientCapability, ServerListing } from '../../contract/served/served-tools.ts';
import { isObject, type JsonObject } from '../otlp/any-value.ts';
import { METHOD_NOT_FOUND, MODERN, MODERN_ERRORS, WITH_HANDSHAKE } from './protocol.ts';
import { glimpse, mcpError, type RpcAnswer, type Transport } from './transport.ts';

/** What this client says about itself. */
export interface ClientIdentity {
  readonly version: string;
  readonly capabilities: readonly ClientCapability[];
}

/** What a server says about itself. */
export type Introduction = Omit<ServerListing, 'tools'>;

/** Parameters that every request of `MODERN` carries; earlier versions say this once. */
export function metaOf(protocol: string, client: ClientIdentity): Record<string, unknown> {
  if (protocol !== MODERN) return {};
  const prefix = 'io.modelcontextprotocol';
  return {
    _meta: {
      [`${prefix}/protocolVersion`]: MODERN,
      [`${prefix}/clientInfo`]: infoOf(client),
      [`${prefix}/clientCapabilities`]: capabilitiesOf(client),
    },
  };
}

/**
 * Agrees with a server on a version: asks `server/discover` first and falls back to `initialize`, as the specification
 * says for clients that speak both. On stdio a server may stay silent to a request that it does not know: after `silenceMs`
 * it is asked the other way too, and whichever answer comes first counts.
 * @throws AigateError MCP_VERSION, MCP_REFUSED and what the transport throws
 */
export async function introduce(
  transport: Transport,
  client: ClientIdentity,
  wait: (answer: Promise<RpcAnswer>) => Promise<RpcAnswer | undefined>,
): Promise<Introduction> {
  const discovered = transport.ask({ method: 'server/discover', params: metaOf(MODERN, client), protocol: MODERN });
  discovered.catch(() => {});
  const first = await wait(discovered);
  const known = first === undefined ? undefined : whatIsDiscovered(first);
  if (known !== undefined) return known;
  const initialized = initialize(transport, client);
  if (first !== undefined) return initialized;
  const late = discovered.then((answer) => whatIsDiscovered(answer) ?? initialized);
  return Promise.race([late, initialized]);
}

/** Undefined: the server is of an earlier version. */
function whatIsDiscovered(answer: RpcAnswer): Introduction | undefined {
  if (answer.type === 'refused') {
    if (![401, 403].includes(answer.httpStatus) && answer.httpStatus < 500) return undefined;
    throw mcpError('MCP_REFUSED', `it refuses with status ${answer.httpStatus}`);
  }
  if (answer.type === 'error') {
    if (answer.code === MODERN_ERRORS.unsupportedVersion) return whenUnsupported(answer.data);
    if (answer.code !== MODERN_ERRORS.headerMismatch && answer.code !== MODERN_ERRORS.missingCapability)
      return undefined;
    throw mcpError('MCP_REFUSED', `it answers server/discover with error ${answer.code} ${glimpse(answer.message)}`);
  }
  const { result } = answer;
  // A proxy of an earlier version may echo an empty result to whatever it does not know.
  if (!isObject(result) || !Array.isArray(result['supportedVersions'])) return undefined;
  return result['supportedVersions'].includes(MODERN)
    ? introductionOf(MODERN, result)
    : whenUnsupported({ supported: result['supportedVersions'] });
}

function whenUnsupported(data: unknown): undefined {
  const supported = isObject(data) && Array.isArray(data['supported']) ? data['supported'] : [];
  if (supported.some(isWithHandshake)) return undefined;
  throw mcpError('MCP_VERSION', `it speaks ${glimpse(JSON.stringify(supported))}, and not ${MODERN}`);
}

async function initialize(transport: Transport, client: ClientIdentity): Promise<Introduction> {
  const params = {
    protocolVersion: WITH_HANDSHAKE[0],
    capabilities: capabilitiesOf(client),
    clientInfo: infoOf(client),
  };
  const answer = await transport.ask({ method: 'initialize', params, protocol: undefined });
  if (answer.type === 'refused') throw mcpError('MCP_REFUSED', `it refuses with status ${answer.httpStatus}`);
  if (answer.type === 'error') {
    const what = `error ${answer.code} ${glimpse(answer.message)}`;
    if (answer.code === METHOD_NOT_FOUND) throw mcpError('MCP_VERSION', `it knows neither handshake: ${what}`);
    throw mcpError('MCP_REFUSED', `it answers initialize with ${what}`);
  }
  const protocol = isObject(answer.result) ? answer.result['protocolVersion'] : undefined;
  if (!isObject(answer.result) || !isWithHandshake(protocol)) {
    const said = glimpse(JSON.stringify(protocol) ?? 'none');
    throw mcpError('MCP_VERSION', `it answers initialize with version ${said}; known are ${WITH_HANDSHAKE.join(', ')}`);
  }
  await transport.tell({ method: 'notifications/initialized', params: {}, protocol });
  return introductionOf(protocol, answer.result);
}

function introductionOf(protocol: string, result: JsonObject): Introduction {
  const info = isObject(result['serverInfo']) ? result['serverInfo'] : {};
  return {
    protocol,
    serverName: textOf(info['name']),
    serverVersion: textOf(info['version']),
    instructions: textOf(result['instructions']),
  };
}

function isWithHandshake(version: unknown): version is (typeof WITH_HANDSHAKE)[number] {
  return WITH_HANDSHAKE.some((known) => known === version);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function infoOf({ version }: ClientIdentity) {
  return { name: 'aigate', version };
}

function capabilitiesOf({ capabilities }: ClientIdentity): Record<string, object> {
  return Object.fromEntries(capabilities.map((name) => [name, {}]));
}
