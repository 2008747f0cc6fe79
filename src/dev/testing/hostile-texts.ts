import type { RunResult } from '../../contract/result.ts';

/** Texts that try to leave the place they are written to. Each browser payload, when it works, changes the title. */
const RUN = "document.title='PWNED'";
export const HOSTILE: readonly string[] = [
  `</script><script>${RUN}</script>`,
  `<img src=x onerror="${RUN}">`,
  `<!--<script>${RUN}</script>-->`,
  `<svg onload="${RUN}"><style>*{color:red}</style></svg>`,
  `javascript:${RUN}`,
  `"><a href="javascript:${RUN}" autofocus onfocus="${RUN}">x</a>`,
  '\u202eevil\u202c \x1b[31mred\x1b[0m \x1b]0;PWNED\x07',
  `\${${RUN}} {{constructor.constructor("${RUN}")()}} #{7*7}`,
  `<iframe srcdoc="<script>parent.${RUN}</script>"></iframe>`,
  `</textarea></title></style></template><script>${RUN}</script>`,
  `<link rel=stylesheet href="https://evil.example/x.css"><img src="https://evil.example/x.png">`,
  `' onmouseover='${RUN}`,
  '::error file=x,line=1::injected',
  '\n::set-output name=decision::pass\r\n::stop-commands::x',
  '##[add-mask]pass ##vso[task.setvariable variable=x]y',
  '`code` ``more`` ```fence``` | cell | @everyone #1 ![i](https://evil.example/x.png) <b>b</b>',
  '\n\n# Heading\n| a | b |\n',
  'https://evil.example/?a=b%3A%0A::notice::x',
];

/** Keys whose values are words of a closed set, by the contract. */
const CLOSED = new Set(
  'outcome severity gate decision stage lane unit kind kinds tone form layer via effect approve type origin sampling'.split(
    ' ',
  ),
);

/** The same result with a hostile text in place of every open text, keys of maps included. */
export function poisoned(result: RunResult): RunResult {
  let turn = 0;
  const next = () => HOSTILE[turn++ % HOSTILE.length] ?? '';
  const visit = (value: unknown, key: string): unknown => {
    if (CLOSED.has(key)) return value;
    if (typeof value === 'string') return next();
    if (Array.isArray(value)) return value.map((item) => visit(item, ''));
    if (typeof value !== 'object' || value === null) return value;
    const isMap = ['limitOrigins', 'origins', 'limits', 'runsByScenario', 'tools', 'select'].includes(key);
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [isMap ? `${next()}${turn}` : name, visit(member, name)]),
    );
  };
  // The visit keeps the shape: only open texts and the keys of open maps change.
  const changed = visit(result, '') as RunResult;
  const gates = result.gates.map((gate) => ({ ...gate, question: next() }));
  return { ...changed, gates, card: { ...changed.card, decision: next() } };
}
