import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CALL_STYLES } from './call-styles.ts';
import published from './client-behaviour.json' with { type: 'json' };
import { type ClientBehaviour, isSilent } from './client-behaviour.ts';
import { observeClients, WATCHED_FAULTS } from './observe-clients.ts';

const FILE = fileURLToPath(new URL('./client-behaviour.json', import.meta.url));
const isUpdate = process.env['UPDATE_GOLDEN'] === '1';
const behaviour: ClientBehaviour = published;

/** Faults that leave the connection and the envelope alone: no library can see them. */
const OF_CONTENT = [
  'refusal',
  'empty-choices: list',
  'empty-choices: null',
  'quality-corrupt: order',
  'quality-corrupt: scripts',
];

function silentFaults(style: string): string[] {
  return Object.values(behaviour).flatMap((faults) =>
    Object.entries(faults).flatMap(([fault, cells]) => (isSilent(cells[style] ?? '') ? [fault] : [])),
  );
}

describe('the installed client libraries', () => {
  it('throw and let through under every fault what the published table says', async () => {
    const observed = await observeClients();
    if (isUpdate) writeFileSync(FILE, `${JSON.stringify(observed, null, 2)}\n`);
    expect(observed, 'a library changed: review it, then npm run golden and npm run gen').toEqual(
      isUpdate ? observed : behaviour,
    );
  });

  it('are watched under every fault of one answer, in every way to call', () => {
    const styles = CALL_STYLES.map(({ library, id }) => `${library} ${id}`);
    for (const [library, faults] of Object.entries(behaviour)) {
      expect(Object.keys(faults)).toEqual(WATCHED_FAULTS.map(({ id }) => id));
      for (const cells of Object.values(faults)) {
        expect(styles.filter((style) => style.startsWith(`${library} `))).toEqual(
          Object.keys(cells).map((id) => `${library} ${id}`),
        );
      }
    }
  });

  it.each(['chat.completions.stream().finalChatCompletion()', 'messages.stream().finalMessage()', 'generateText'])(
    'let nothing broken through in %s, save what only the content shows',
    (style) => {
      expect(silentFaults(style).filter((fault) => !OF_CONTENT.includes(fault))).toEqual([]);
    },
  );

  it.each([
    ['chat.completions.create', ['error-in-200', 'malformed-json: html', 'schema-drift: renamed']],
    [
      'chat.completions.create({ stream: true })',
      ['stream-truncate-clean', 'stream-truncate-midframe', 'error-in-200'],
    ],
    ['responses.create({ stream: true })', ['stream-truncate-clean', 'error-in-200', 'malformed-json: html']],
    ['messages.create', ['error-in-200', 'malformed-json: html', 'empty-choices: list']],
    ['messages.create({ stream: true })', ['stream-truncate-clean', 'error-in-200', 'malformed-json: html']],
  ])('present as success in %s what is broken: %j', (style, faults) => {
    expect(silentFaults(style)).toEqual(expect.arrayContaining(faults));
  });
});
