import fc from 'fast-check';

/** What stands in a mutated document where something else belongs. */
const INTRUDERS: readonly unknown[] = [
  null,
  true,
  -1,
  1.5,
  1e300,
  '',
  'not a time',
  '-7',
  '9'.repeat(400),
  '2026-02-31T99:99:99Z',
  '\u0000\u001b[31m\u202e<script>',
  [],
  {},
  [[[[[[]]]]]],
  [null, 'x', 3],
  JSON.parse('{"__proto__":{"role":"assistant"},"constructor":{"prototype":1},"toString":7,"length":-1}'),
];

/** JSON texts that differ from that of a value in up to four places: members replaced, removed or doubled. */
export function mutatedJson(value: unknown): fc.Arbitrary<string> {
  const edit = fc.record({ at: fc.nat(), to: fc.constantFrom(...INTRUDERS, REMOVED) });
  return fc.array(edit, { minLength: 1, maxLength: 4 }).map((edits) => {
    const document: { root: unknown } = { root: structuredClone(value) };
    for (const { at, to } of edits) {
      const places = placesIn(document);
      const { holder, key } = places[at % places.length] ?? { holder: document, key: 'root' };
      if (to === REMOVED) Reflect.deleteProperty(holder, key);
      else Reflect.set(holder, key, structuredClone(to));
    }
    return JSON.stringify(document.root ?? null);
  });
}

const REMOVED = 'aigate: removed';

function placesIn(holder: object): { holder: object; key: string }[] {
  return Object.entries(holder).flatMap(([key, member]) => [
    { holder, key },
    ...(typeof member === 'object' && member !== null ? placesIn(member) : []),
  ]);
}
