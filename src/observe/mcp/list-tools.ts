import { isNestedDeeper } from '../../contract/json.ts';
import { MOST_LEVELS, type ServedTool } from '../../contract/served/served-tools.ts';
import { isObject } from '../otlp/any-value.ts';
import { type ClientIdentity, type Introduction, metaOf } from './handshake.ts';
import { METHOD_NOT_FOUND } from './protocol.ts';
import { glimpse, mcpError, type Transport } from './transport.ts';

/** Pages that are read; servers with thousands of tools send hundreds on a page. */
const MOST_PAGES = 1_000;

/** Every page of `tools/list`. A server that has no such request serves no tool. @throws AigateError MCP_… */
export async function listTools(
  transport: Transport,
  client: ClientIdentity,
  { protocol }: Pick<Introduction, 'protocol'>,
): Promise<readonly ServedTool[]> {
  const tools: ServedTool[] = [];
  const cursors = new Set<string>();
  let cursor: string | undefined;
  do {
    const params = { ...metaOf(protocol, client), ...(cursor === undefined ? {} : { cursor }) };
    const answer = await transport.ask({ method: 'tools/list', params, protocol });
    if (answer.type === 'refused')
      throw mcpError('MCP_REFUSED', `it refuses tools/list with status ${answer.httpStatus}`);
    if (answer.type === 'error') {
      if (answer.code === METHOD_NOT_FOUND && cursor === undefined) return [];
      throw mcpError('MCP_REFUSED', `it answers tools/list with error ${answer.code} ${glimpse(answer.message)}`);
    }
    const page = readPage(answer.result, tools.length);
    tools.push(...page.tools);
    cursor = page.nextCursor;
    if (cursor !== undefined && cursors.has(cursor)) {
      throw mcpError('MCP_RESULT_INVALID', `its pages lead back to ${glimpse(cursor)} and never end`);
    }
    if (cursor !== undefined) cursors.add(cursor);
    if (cursors.size >= MOST_PAGES) throw mcpError('MCP_TOO_MUCH', `it lists more than ${MOST_PAGES} pages of tools`);
  } while (cursor !== undefined);
  return tools;
}

interface Page {
  readonly tools: readonly ServedTool[];
  readonly nextCursor: string | undefined;
}

function readPage(result: unknown, before: number): Page {
  const tools = isObject(result) ? result['tools'] : undefined;
  if (!isObject(result) || !Array.isArray(tools)) {
    throw mcpError('MCP_RESULT_INVALID', `it answers tools/list with ${glimpse(JSON.stringify(result) ?? 'nothing')}`);
  }
  const { nextCursor } = result;
  if (nextCursor !== undefined && nextCursor !== null && typeof nextCursor !== 'string') {
    throw mcpError('MCP_RESULT_INVALID', 'the cursor of its next page is no text');
  }
  return {
    tools: tools.map((tool: unknown, index) => toTool(tool, before + index + 1)),
    // Some servers say with an empty text that there is no further page.
    nextCursor: nextCursor === null || nextCursor === '' ? undefined : nextCursor,
  };
}

function toTool(tool: unknown, number: number): ServedTool {
  if (isNestedDeeper(tool, MOST_LEVELS)) {
    throw mcpError('MCP_RESULT_INVALID', `its tool ${number} is nested deeper than ${MOST_LEVELS} levels`);
  }
  if (!isTool(tool)) {
    throw mcpError('MCP_RESULT_INVALID', `its tool ${number} has no name: ${glimpse(JSON.stringify(tool) ?? '')}`);
  }
  return tool;
}

/** What was parsed from JSON holds nothing else than JSON. */
function isTool(tool: unknown): tool is ServedTool {
  return isObject(tool) && typeof tool['name'] === 'string' && tool['name'] !== '';
}
