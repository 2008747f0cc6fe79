import { MANIFEST } from './workload.ts';

/** A manifest that declares the server below under the name `notes`; `more` are further lines of the server. */
export function manifestWithServer(more = '', manifest = MANIFEST): string {
  return `${manifest}mcp:\n  notes: { command: [${JSON.stringify(process.execPath)}, server.mjs]${more} }\n`;
}

/** A server on stdio that serves what `served.json` beside it holds: `tools`, and `instructions` if there are any. */
export const TOOL_SERVER = `
import { createInterface } from 'node:readline';
import { readFileSync } from 'node:fs';
const { tools, instructions, fault } = JSON.parse(readFileSync('served.json', 'utf8'));
const put = (id, answer) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id, ...answer }) + '\\n');
if (fault === 'dies') process.exit(3);
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method } = JSON.parse(line);
  if (id === undefined) return;
  if (method === 'initialize') put(id, { result: { protocolVersion: '2025-11-25', serverInfo: { name: 'notes', version: '1' }, instructions } });
  else if (method === 'tools/list') put(id, { result: { tools } });
  else put(id, { error: { code: -32601, message: 'Method not found' } });
});
`;

/** A tool as a server defines it: it reads, and takes a path. */
export function aServedTool(name: string, overrides: Readonly<Record<string, unknown>> = {}) {
  return {
    name,
    description: `Does ${name}`,
    inputSchema: { type: 'object', properties: { path: { type: 'string' } }, additionalProperties: false },
    annotations: { readOnlyHint: true, openWorldHint: false },
    ...overrides,
  };
}
