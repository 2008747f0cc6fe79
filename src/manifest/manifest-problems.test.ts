import { describe, expect, it } from 'vitest';
import { AigateError } from '../contract/errors.ts';
import { formatProblem } from '../contract/problem.ts';
import { FAKE_CATALOGUE } from '../dev/testing/fake-catalogue.ts';
import { expectGolden } from '../dev/testing/golden.ts';
import { aSource, LEAST_MANIFEST } from '../dev/testing/manifest-source.ts';
import { parseManifest } from './parse-manifest.ts';

function errorOf(text: string): AigateError {
  try {
    parseManifest(aSource(text), FAKE_CATALOGUE);
  } catch (cause) {
    if (cause instanceof AigateError) return cause;
    throw cause;
  }
  throw new Error('the manifest was accepted');
}

/** Each problem as `line:column code message` and its hint. */
function problemsOf(text: string): [said: string, hint: string | undefined][] {
  return errorOf(text).problems.map(({ line, column, code, message, hint }) => [
    `${line}:${column} ${code} ${message}`,
    hint,
  ]);
}

const edited = (from: string | RegExp, to: string) => () => {
  const text = LEAST_MANIFEST.replace(from, () => to);
  if (text === LEAST_MANIFEST) throw new Error(`nothing to edit: ${from}`);
  return text;
};
const plus = (more: string) => () => LEAST_MANIFEST + more;
const expecting = (entry: string) => edited('select:', `expect: [${entry}], select:`);

/** A manifest that drills with these faults besides. */
const drilling = (faults: string) => () =>
  `${LEAST_MANIFEST.replace('select:', 'inputs: [a], select:')}live: { command: [node], upstream: { simulated: s.yaml } }
drills: { faults: [${faults}] }
`;

describe('a manifest with one mistake', () => {
  it.each<[name: string, text: () => string, said: string, hint?: string]>([
    ['a misspelt key', edited('owner:', 'ownr:'), '2:1 CONFIG_INVALID workload.owner: missing, expected text'],
    [
      'a key in another style',
      plus('time_outs: {}\n'),
      '12:1 CONFIG_INVALID time_outs: unknown key "time_outs"',
      'did you mean "timeouts"?',
    ],
    [
      'a key of another section',
      plus('artifacts: [a]\n'),
      '12:1 CONFIG_INVALID artifacts: unknown key "artifacts"',
      'did you mean workload.artifacts?',
    ],
    [
      'a key that nobody knows',
      edited('autonomy:', 'zebra: 1\n  autonomy:'),
      '6:3 CONFIG_INVALID workload.zebra: unknown key "zebra"',
      'allowed here: name, owner, lane, autonomy, demo, identity, audience, artifacts, code',
    ],
    [
      'a drill with two schedules',
      drilling('{ fault: http-503, first: 2, every: 3 }'),
      '13:20 CONFIG_INVALID drills.faults[0]: expected one of first and every',
    ],
    [
      'a seed where nothing is drawn',
      drilling('{ fault: http-503, first: 2, seed: 3 }'),
      '13:20 CONFIG_INVALID drills.faults[0]: seed goes with rate',
    ],
    [
      'a schedule without anything in it',
      drilling('{ fault: http-503 }'),
      '13:20 CONFIG_INVALID drills.faults[0]: expected first, after, every, rate or match; without any, write http-503 alone',
    ],
    [
      'a drill of a label that no model has',
      drilling('{ fault: http-503, match: { provider: antropic } }'),
      '13:58 CONFIG_INVALID drills.faults[0].match.provider: no declared model has the provider "antropic"',
      'did you mean "anthropic"?',
    ],
    [
      'a missing section',
      edited(/traffic:.*\n/, ''),
      '1:1 CONFIG_INVALID traffic: missing, expected a map',
      'Production volume',
    ],
    [
      'an empty section',
      edited('{ monthlyRuns: 1000 }', ''),
      '9:1 CONFIG_INVALID traffic: expected a map, got nothing',
    ],
    [
      'a number in quotes',
      edited('version: 1', 'version: "1"'),
      '1:10 CONFIG_INVALID version: expected 1, got "1"',
      'Remove the quotes.',
    ],
    [
      'a limit in quotes',
      plus('gates: { cost: { monthly-cost: { usd: "9" } } }\n'),
      '12:39 CONFIG_INVALID gates.cost.monthly-cost.usd: expected a number, got "9"',
      'Remove the quotes.',
    ],
    [
      'a number where text is due',
      edited('fraud-review', '5'),
      '3:9 CONFIG_INVALID workload.name: expected text, got 5',
      'Put it in quotes: "5"',
    ],
    [
      'blank text',
      edited('payments-risk', '"  "'),
      '4:10 CONFIG_INVALID workload.owner: expected text that is not empty, got "  "',
    ],
    [
      'a misspelt choice',
      edited('lane: production', 'lane: prodution'),
      '5:9 CONFIG_INVALID workload.lane: expected experimental, early-access or production, got "prodution"',
      'did you mean "production"?',
    ],
    ['a version from the future', edited('version: 1', 'version: 2'), '1:10 CONFIG_INVALID version: expected 1, got 2'],
    [
      'no scenario',
      edited(/scenarios:[\s\S]*/, 'scenarios: []\n'),
      '10:1 CONFIG_INVALID scenarios: expected at least 1 entry, got a list of 0',
    ],
    [
      'shares that fall short',
      edited('share: 1', 'share: 0.9'),
      '10:1 CONFIG_INVALID scenarios: the shares of all scenarios must sum to 1, got 0.9',
    ],
    [
      'a negative share',
      edited('share: 1', 'share: -0.1'),
      '11:29 CONFIG_INVALID scenarios[0].share: expected at least 0, got -0.1',
    ],
    [
      'an empty selection',
      edited('{ aigate.case: summarize }', '{}'),
      '11:32 CONFIG_INVALID scenarios[0].select: expected at least one attribute, got none',
    ],
    [
      'an id that every object has',
      edited('id: summarize', 'id: constructor'),
      '11:11 CONFIG_INVALID scenarios[0].id: expected a name that is not reserved, got "constructor"',
    ],
    [
      'an expectation of two kinds',
      expecting('{ contains: a, equals: b }'),
      '11:41 CONFIG_INVALID scenarios[0].expect[0]: expected one expectation in each entry, got 2',
    ],
    [
      'an empty expectation',
      expecting('{}'),
      '11:41 CONFIG_INVALID scenarios[0].expect[0]: expected one expectation in each entry, got 0',
    ],
    [
      'a misspelt expectation',
      expecting('{ contans: a }'),
      '11:43 CONFIG_INVALID scenarios[0].expect[0].contans: unknown key "contans"',
      'did you mean "contains"?',
    ],
    [
      'a broken regular expression',
      expecting("{ regex: '(' }"),
      '11:50 CONFIG_INVALID scenarios[0].expect[0].regex: not a regular expression: Invalid regular expression: /(/: Unterminated group',
    ],
    [
      'a broken regular expression with a flag',
      expecting("{ regex: '(?i)(' }"),
      '11:50 CONFIG_INVALID scenarios[0].expect[0].regex: not a regular expression: Invalid regular expression: /(/: Unterminated group',
    ],
    [
      'a regular expression just too long',
      expecting(`{ regex: ${'a'.repeat(1001)} }`),
      '11:50 CONFIG_INVALID scenarios[0].expect[0].regex: expected a regular expression of at most 1000 characters, got 1001',
    ],
    [
      'an expectation that is false',
      expecting('{ is-refusal: false }'),
      '11:55 CONFIG_INVALID scenarios[0].expect[0].is-refusal: expected true, got false',
    ],
    [
      'a schema that is none',
      expecting('{ is-json: 5 }'),
      '11:52 CONFIG_INVALID scenarios[0].expect[0].is-json: expected true or a map, got 5',
    ],
    [
      'a duration without unit',
      plus('timeouts: { model: 20 }\n'),
      '12:20 CONFIG_INVALID timeouts.model: expected a duration such as 500ms, 20s, 10m, 1h or 90d, got 20',
    ],
    [
      'a duration of nothing',
      plus('timeouts: { run: 0s }\n'),
      '12:18 CONFIG_INVALID timeouts.run: expected a duration such as 500ms, 20s, 10m, 1h or 90d, got "0s"',
    ],
    [
      'a forecast out of order',
      edited('monthlyRuns: 1000', 'monthlyRuns: { expected: 5, low: 6 }'),
      '9:12 CONFIG_INVALID traffic.monthlyRuns: expected low, expected and high in rising order',
    ],
    [
      'no traffic at all',
      edited('monthlyRuns: 1000', 'monthlyRuns: 0'),
      '9:25 CONFIG_INVALID traffic.monthlyRuns: expected at least 1, got 0',
    ],
    [
      'half a run',
      edited('monthlyRuns: 1000', 'monthlyRuns: 0.5'),
      '9:25 CONFIG_INVALID traffic.monthlyRuns: expected a whole number or a map, got 0.5',
    ],
    [
      'NaN',
      edited('1000', '.nan'),
      '9:25 CONFIG_INVALID traffic.monthlyRuns: expected a finite number of at most 9007199254740991, got NaN',
    ],
    [
      'infinity',
      edited('1000', '1e999'),
      '9:25 CONFIG_INVALID traffic.monthlyRuns: expected a finite number of at most 9007199254740991, got Infinity',
    ],
    [
      'a number that loses digits',
      edited('1000', '9007199254740993'),
      '9:25 CONFIG_INVALID traffic.monthlyRuns: expected a finite number of at most 9007199254740991, got 9007199254740992',
    ],
    ['tools that are neither', plus('tools: nun\n'), '12:8 CONFIG_INVALID tools: expected none or a map, got "nun"'],
    [
      'tools without a tool',
      plus('tools: {}\n'),
      '12:1 CONFIG_INVALID tools: names no tool; write tools: none if there are none',
    ],
    [
      'a tool without a name',
      plus('tools: { "": { effect: read } }\n'),
      '12:10 CONFIG_INVALID tools[""]: expected a key that is text that is not empty, got ""',
    ],
    [
      'a write tool without approval',
      plus('tools: { t: { effect: write, approve: never } }\n'),
      '12:39 CONFIG_INVALID tools.t.approve: a write tool needs approval under autonomy execute-with-approval, got never',
      'Remove it, or write approve: user or approve: { when: … }, or declare the effect and the autonomy that the workload really has.',
    ],
    [
      'an absolute path',
      plus('sources: [{ recording: /etc/passwd, origin: test }]\n'),
      '12:24 PATH_ESCAPES sources[0].recording: "/etc/passwd" is an absolute path',
      'Name a path below the folder of the manifest, with / between folders.',
    ],
    [
      'a path that climbs',
      plus('sources: [{ recording: a/../../b, origin: test }]\n'),
      '12:24 PATH_ESCAPES sources[0].recording: "a/../../b" leaves the folder of the manifest',
    ],
    [
      'a path with a drive',
      plus('sources: [{ recording: "C:x", origin: test }]\n'),
      '12:24 PATH_ESCAPES sources[0].recording: "C:x" is an absolute path',
    ],
    [
      'a path with backslashes',
      plus("sources: [{ recording: 'a\\b', origin: test }]\n"),
      '12:24 PATH_ESCAPES sources[0].recording: "a\\\\b" holds a backslash',
    ],
    [
      'a path with NUL',
      plus('sources: [{ recording: "a\\0b", origin: test }]\n'),
      '12:24 PATH_ESCAPES sources[0].recording: "a\\u0000b" holds a NUL character',
    ],
    [
      'a glob that climbs',
      edited('autonomy:', 'code: [../**]\n  autonomy:'),
      '6:10 PATH_ESCAPES workload.code[0]: "../**" leaves the folder of the manifest',
    ],
    [
      'a recording twice',
      plus('sources: [{ recording: a, origin: test }, { recording: a, origin: test }]\n'),
      '12:56 CONFIG_INVALID sources[1].recording: this recording is listed twice',
    ],
    [
      'a day that is none',
      plus('sources: [{ recording: a, origin: test, window: 2026-02-29/2026-03-01 }]\n'),
      '12:49 CONFIG_INVALID sources[0].window: expected two dates in order, such as 2026-11-10/2026-11-17, got "2026-02-29/2026-03-01"',
    ],
    [
      'a window that ends before it starts',
      plus('sources: [{ recording: a, origin: test, window: 2026-03-02/2026-03-01 }]\n'),
      '12:49 CONFIG_INVALID sources[0].window: expected two dates in order, such as 2026-11-10/2026-11-17, got "2026-03-02/2026-03-01"',
    ],
    [
      'a dependency of unknown weight',
      plus('dependencies: [{ name: a, kind: saas }]\n'),
      '12:16 CONFIG_INVALID dependencies[0].critical: missing, expected true or false',
      'Whether the workload stops without it',
    ],
    [
      'an unknown gate',
      plus('gates: { costs: {} }\n'),
      '12:10 CONFIG_INVALID gates.costs: unknown key "costs"',
      'did you mean "cost"?',
    ],
    [
      'an unknown check',
      plus('gates: { cost: { monthly-costs: { usd: 1 } } }\n'),
      '12:18 CONFIG_INVALID gates.cost.monthly-costs: unknown key "monthly-costs"',
      'did you mean "monthly-cost"?',
    ],
    [
      'a check of another gate',
      plus('gates: { cost: { latency: p95<9 } }\n'),
      '12:18 CONFIG_INVALID gates.cost.latency: unknown key "latency"',
      'did you mean gates.reliability.latency?',
    ],
    [
      'a check of a gate without checks',
      plus('gates: { evidence: { monitors: {} } }\n'),
      '12:22 CONFIG_INVALID gates.evidence.monitors: unknown key "monitors"',
      'did you mean evidence.monitors?',
    ],
    [
      'an unknown limit',
      plus('gates: { cost: { monthly-cost: { eur: 1 } } }\n'),
      '12:34 CONFIG_INVALID gates.cost.monthly-cost.eur: unknown key "eur"',
      'allowed here: usd',
    ],
    [
      'a negative limit',
      plus('gates: { cost: { monthly-cost: { usd: -1 } } }\n'),
      '12:39 CONFIG_INVALID gates.cost.monthly-cost.usd: expected at least 0, got -1',
      'most US dollars a month (usd)',
    ],
    [
      'a limit out of range',
      plus('gates: { reliability: { availability: { rate: 1.01 } } }\n'),
      '12:47 CONFIG_INVALID gates.reliability.availability.rate: expected at most 1, got 1.01',
      'least rate of good runs (ratio); default 0.9',
    ],
    [
      'a time limit without its unit',
      plus('gates: { reliability: { latency: { p95: 8 seconds } } }\n'),
      '12:41 CONFIG_INVALID gates.reliability.latency.p95: expected a duration such as 500ms or 10s, got "8 seconds"',
    ],
    [
      'a time limit out of range',
      plus('gates: { reliability: { latency: { p99: 61000 } } }\n'),
      '12:41 CONFIG_INVALID gates.reliability.latency.p99: expected at most 60000, got 61000',
      'p99 of the run duration (ms)',
    ],
    [
      'a time limit in words that is out of range',
      plus('gates: { reliability: { latency: { p99: 61s } } }\n'),
      '12:41 CONFIG_INVALID gates.reliability.latency.p99: expected at most 60000, got "61s"',
    ],
    [
      'a short form that does not parse',
      plus('gates: { reliability: { latency: fast } }\n'),
      '12:34 CONFIG_INVALID gates.reliability.latency: expected p95<, got "fast"',
    ],
    [
      'a short form where there is none',
      plus('gates: { cost: { monthly-cost: cheap } }\n'),
      '12:32 CONFIG_INVALID gates.cost.monthly-cost: expected a map, got "cheap"',
    ],
    [
      'a limit that is a list',
      plus('gates: { reliability: { latency: [1] } }\n'),
      '12:25 CONFIG_INVALID gates.reliability.latency: expected a map or text, got a list of 1',
    ],
    [
      'an exception nobody tolerates',
      plus('gates: { tool-control: { approvals: { tolerated: [lat] } } }\n'),
      '12:51 CONFIG_INVALID gates.tool-control.approvals.tolerated[0]: expected modified or late, got "lat"',
      'did you mean "late"?',
    ],
    ['nothing', () => '', '1:1 CONFIG_INVALID expected a map, got nothing'],
    ['a list', () => '- 1\n', '1:1 CONFIG_INVALID expected a map, got a list of 1'],
    ['a word', () => 'hello', '1:1 CONFIG_INVALID expected a map, got "hello"'],
  ])('%s is located and explained', (_name, text, said, hint) => {
    const problems = problemsOf(text());
    expect(problems[0]?.[0]).toBe(said);
    if (hint !== undefined) expect(problems[0]?.[1]).toBe(hint);
    if (!said.includes('missing, expected text')) expect(problems).toHaveLength(1);
  });

  it('says which tool was meant, and that tools: none calls nothing', () => {
    const text = expecting('{ tool-called: get_csae }')();
    const said = '11:56 CONFIG_INVALID scenarios[0].expect[0].tool-called: "get_csae" is not under tools';
    expect(problemsOf(`${text}tools: { get_case: { effect: read } }\n`)).toEqual([[said, 'did you mean "get_case"?']]);
    expect(problemsOf(`${text}tools: none\n`)).toEqual([[said, 'Declare it under tools.']]);
    expect(() => parseManifest(aSource(text), FAKE_CATALOGUE)).not.toThrow();
  });

  it('points at the second of two scenarios with one id', () => {
    const text = `${LEAST_MANIFEST.replace('share: 1', 'share: 0.5')}  - { id: summarize, share: 0.5, select: { a: b } }\n`;
    expect(problemsOf(text)).toEqual([
      ['12:11 CONFIG_INVALID scenarios[1].id: "summarize" is the id of two scenarios', undefined],
    ]);
  });
});

describe('a manifest with several mistakes', () => {
  it('names them all at once, in the order of the text', () => {
    const text = MANY_MISTAKES;
    const error = errorOf(text);
    expect(error).toMatchObject({ code: 'CONFIG_INVALID', message: 'aigate.yaml: 9 problems' });
    expectGolden('manifest-problems.golden.txt', `${error.problems.map(formatProblem).join('\n')}\n`);
  });

  it('shows twenty and counts the rest', () => {
    const keys = Array.from({ length: 23 }, (_, i) => `zebra${i}: 1\n`).join('');
    const { problems, message } = errorOf(LEAST_MANIFEST + keys);
    expect(message).toBe('aigate.yaml: 23 problems');
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)).toMatchObject({ line: 32, column: 1, message: 'and 3 more problems' });
  });

  it('shows twenty-one problems as twenty and one more', () => {
    const keys = Array.from({ length: 21 }, (_, i) => `zebra${i}: 1\n`).join('');
    expect(errorOf(LEAST_MANIFEST + keys).problems.at(-1)?.message).toBe('and 1 more problem');
  });
});

describe('hostile text in a manifest', () => {
  it('is shown and never sent, in keys, values and frames', () => {
    const key = '"\u202egnp\\e[31m"';
    const { problems } = errorOf(`${LEAST_MANIFEST}${key}: 1\nmonthlyruns: "\u2066x"\n`);
    expect(problems[0]).toMatchObject({
      message: '["\\u{202e}gnp\\u001b[31m"]: unknown key "\\u{202e}gnp\\u001b[31m"',
      frame: [
        '  11 |   - { id: summarize, share: 1, select: { aigate.case: summarize } }',
        '> 12 | "\\u{202e}gnp\\e[31m": 1',
        '     | ^^^^^^^^^^^^^^^^^^^',
        '  13 | monthlyruns: "\\u{2066}x"',
      ].join('\n'),
    });
    expect(JSON.stringify(problems)).not.toMatch(/\u202e|\u2066/u);
  });

  it('that is a secret is reported and starred out wherever it would be shown', () => {
    const secret = `sk-ant-api03-${'a1B2'.repeat(8)}`;
    const { problems } = errorOf(`${LEAST_MANIFEST.replace('fraud-review', secret)}zebra: ${secret}\n# ${secret}\n`);
    expect(problems.map(({ line, message }) => [line, message])).toEqual([
      [3, 'workload.name: this looks like a secret'],
      [12, 'zebra: unknown key "zebra"'],
      [12, 'zebra: this looks like a secret'],
    ]);
    expect(problems[0]?.hint).toContain('env:NAME');
    expect(JSON.stringify(problems)).not.toContain(secret.slice(4));
  });
});

const MANY_MISTAKES = `version: 1
workload:
  name: fraud-review
  ower: payments-risk
  lane: prod
  autonomy: execute-with-approval
  artifacts: [../prompts/**]
models:
  primary: { provider: anthropic, model: claude-sonnet-4-5, regoin: eu }
traffic: { monthlyRuns: "120000" }
timeouts: { model: 20 }
scenarios:
  - { id: summarize, share: 1, select: { aigate.case: summarize }, expect: [ { contian: 'Risk:' } ] }
gates:
  cost: { monthly-cost: { usd: -1 } }
`;
