import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { describeDrift } from '../../contract/served/describe-drift.ts';
import { type Drift, serverDrift } from '../../contract/served/lock-drift.ts';
import { schemaFault } from '../../contract/served/tool-schema.ts';
import { defineServer } from './define-server.ts';

/** What published servers listed, written down by others; not part of this repository. */
const corpus = process.env['AIGATE_CORPUS'] ?? fileURLToPath(new URL('../../../../shared/corpus', import.meta.url));
const isAbsent = !existsSync(`${corpus}/mcp-tools`);

function served(version: string) {
  const { tools } = JSON.parse(readFileSync(`${corpus}/mcp-tools/${version}.json`, 'utf8'));
  const unknown = { serverName: undefined, serverVersion: undefined, instructions: undefined };
  return defineServer({ protocol: '2025-11-25', tools, ...unknown }, []);
}

const drift = (before: string, after: string) => serverDrift('s', served(before), served(after));
const count = (drifts: readonly Drift[], change: Drift['change']) =>
  drifts.filter((one) => one.change === change).length;

describe.skipIf(isAbsent)('drift of published servers (needs the folder AIGATE_CORPUS)', () => {
  it('sees that move_file may destroy, though its description is the same', () => {
    expect(drift('fs-2026.1.14', 'fs-2026.7.4').map(describeDrift)).toEqual([
      's/move_file changed: it may destroy or overwrite; destructiveHint false → true',
    ]);
  });

  it('sees that one version of a package serves two definitions, as it was installed', () => {
    const drifts = drift('fs-2026.8.31', 'current-filesystem');
    expect(drifts.map(({ change, fields }) => [change, ...fields])).toEqual(
      Array.from({ length: 13 }, () => ['tool-changed', 'inputSchema']),
    );
  });

  it.each([
    ['fs-0.6.2', 'fs-2025.3.28', { added: 2, changed: 0, flipped: 0 }],
    ['fs-2025.3.28', 'fs-2025.7.29', { added: 3, changed: 2, flipped: 0 }],
    ['fs-2025.7.29', 'fs-2025.8.21', { added: 0, changed: 1, flipped: 0 }],
    ['fs-2025.8.21', 'fs-2025.11.25', { added: 0, changed: 14, flipped: 14 }],
    ['fs-2025.11.25', 'fs-2025.12.18', { added: 0, changed: 0, flipped: 0 }],
    ['fs-2025.12.18', 'fs-2026.1.14', { added: 0, changed: 0, flipped: 0 }],
    ['fs-2026.7.4', 'fs-2026.7.10', { added: 0, changed: 14, flipped: 14 }],
    ['fs-2026.7.10', 'fs-2026.8.31', { added: 0, changed: 0, flipped: 0 }],
    ['mem-0.6.2', 'mem-2025.4.25', { added: 0, changed: 0, flipped: 0 }],
    ['mem-2025.4.25', 'mem-2025.8.4', { added: 0, changed: 0, flipped: 0 }],
    ['mem-2025.8.4', 'mem-2025.9.25', { added: 0, changed: 9, flipped: 0 }],
    ['mem-2025.9.25', 'mem-2025.11.25', { added: 0, changed: 9, flipped: 0 }],
    ['mem-2025.11.25', 'mem-2026.1.26', { added: 0, changed: 0, flipped: 0 }],
    ['mem-2026.1.26', 'mem-2026.7.4', { added: 0, changed: 9, flipped: 9 }],
    ['mem-2026.7.4', 'mem-2026.8.31', { added: 0, changed: 0, flipped: 0 }],
  ])('from %s to %s is told', (before, after, expected) => {
    const drifts = drift(before, after);
    const [added, changed] = [count(drifts, 'tool-added'), count(drifts, 'tool-changed')];
    expect({ added, changed, flipped: drifts.filter(({ flips }) => flips.length > 0).length }).toEqual(expected);
    expect(count(drifts, 'tool-removed') + count(drifts, 'tool-renamed')).toBe(0);
  });

  it.each([
    ['fs-0.6.2', 8, 9],
    ['fs-2025.3.28', 10, 11],
    ['fs-2025.7.29', 13, 14],
    ['fs-2025.8.21', 13, 14],
    ['fs-2025.11.25', 0, 14],
    ['current-filesystem', 0, 14],
    ['current-memory', 0, 9],
    ['current-everything', 0, 13],
  ])('%s: %i of %i input schemas say nothing', (version, faulty, all) => {
    const { tools } = served(version);
    const faults = tools.map(({ definition }) => schemaFault(definition['inputSchema']));
    expect(faults.filter((fault) => fault === 'has no type')).toHaveLength(faulty);
    expect(tools).toHaveLength(all);
  });
});
