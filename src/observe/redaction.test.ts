import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { observe } from '../dev/testing/observation.ts';
import { type Attributes, CHAT, type SpanSpec, TOOL, tracesLine } from '../dev/testing/otlp-spans.ts';
import { createRedactor } from './redaction.ts';

const redact = createRedactor(new Uint8Array(32));
const other = createRedactor(new Uint8Array(32).fill(1));

/** Made of parts, so that no scanner takes this file for a leak. All are invented or published test numbers. */
const SECRETS: readonly (readonly [kind: string, secret: string])[] = [
  ['email', ['jane.doe', 'example.org'].join('@')],
  ['email', ['zoë', 'bücher.example'].join('@')],
  ['api-key', ['sk', 'proj', 'A1b2'.repeat(6)].join('-')],
  ['api-key', `AI${'za'}${'Sy0_-'.repeat(7)}`],
  ['api-key', ['glpat', 'A1b2_'.repeat(4)].join('-')],
  ['api-key', ['hf', 'A1b2'.repeat(8)].join('_')],
  ['api-key', ['gsk', 'A1b2'.repeat(9)].join('_')],
  ['api-key', ['xai', 'A1b2'.repeat(9)].join('-')],
  ['api-key', ['sk', 'live', 'A1b2'.repeat(5)].join('_')],
  ['api-key', ['npm', 'A1b2'.repeat(9)].join('_')],
  ['aws-key', `AK${'IA'}${'Q7X2'.repeat(4)}`],
  ['aws-key', `AS${'IA'}${'Q7X2'.repeat(4)}`],
  ['github-token', ['ghp', 'a1B2'.repeat(9)].join('_')],
  ['github-token', ['github', 'pat', 'a1B2'.repeat(6)].join('_')],
  ['slack-token', ['xoxb', '1234567890', 'abcDEF'].join('-')],
  ['jwt', [`ey${'J'}hbGciOi`, `ey${'J'}zdWIiOi`, 'c2lnbmF0dXJl'].join('.')],
  ['bearer', ['Bearer', 'abcdef.123456~xyz='].join(' ')],
  ['private-key', ['-----BEGIN RSA', 'PRIVATE KEY-----\nTUlJ\n-----END RSA', 'PRIVATE KEY-----'].join(' ')],
  ['private-key', ['-----BEGIN', 'PRIVATE KEY-----\nTUlJ cut off'].join(' ')],
  ['iban', ['DE89', '3704', '0044', '0532', '0130', '00'].join('')],
  ['iban', ['GB29', 'NWBK', '6016', '1331', '9268', '19'].join(' ')],
  ['card', ['4111', '1111', '1111', '1111'].join('')],
  ['card', ['5500', '0000', '0000', '0004'].join('-')],
  ['ssn', ['123', '45', '6789'].join('-')],
  ['phone', ['+49', '30', '1234567'].join(' ')],
];

describe('a secret', () => {
  it.each(SECRETS)('of kind %s is replaced by a token of that kind', (kind, secret) => {
    const isOpenEnded = secret.endsWith('cut off');
    for (const [before, after] of [
      ['', ''],
      ['to ', isOpenEnded ? '' : ', please'],
      ['{"a":"', isOpenEnded ? '' : '"}'],
      ['\n', '\n'],
    ]) {
      const redacted = redact(`${before}${secret}${after}`);
      expect(redacted).not.toContain(secret);
      expect(redacted).toMatch(new RegExp(`\\[${kind}:[0-9a-f]{8}\\]`));
      expect(redacted.startsWith(before ?? '')).toBe(true);
    }
  });

  it.each(SECRETS)('of kind %s gives the same token wherever it stands, and another under another key', (_, secret) => {
    const token = redact(secret);
    expect(redact(`of ${secret}`)).toBe(`of ${token}`);
    // A key that was cut off has no end of its own: what follows belongs to it.
    if (!secret.endsWith('cut off')) expect(redact(`${secret} and ${secret}`)).toBe(`${token} and ${token}`);
    expect(createRedactor(new Uint8Array(32))(secret)).toBe(token);
    expect(other(secret)).not.toBe(token);
  });

  it('differs in its token from another secret', () => {
    const tokens = SECRETS.map(([, secret]) => redact(secret));
    expect(new Set(tokens).size).toBe(SECRETS.length);
  });
});

describe('texts without secrets', () => {
  it.each([
    'Order 4111111111111112 was sent', // fails the Luhn formula
    'order #12345678, invoice 2026-000123',
    'id 123e4567-e89b-12d3-a456-426614174000',
    '5faa427c0d8e1b2a3f4c5d6e7f8091a2b3c4d5e6',
    'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'total 1,234.56 EUR, was $99.99 (+12 %)',
    '2026-11-21T12:00:00.000+01:00 to 2026-12-31',
    'task-id sk-short and risk-assessment',
    'meet @ noon, a@b, user@localhost',
    'the bearer of this note',
    '000-12-3456 and 900-12-3456 and 123-00-4567',
    'DE00370400440532013000 has wrong check digits',
    'v1.2.3+456 and 10.0.0.1',
    '',
  ])('stay as they are: %s', (text) => {
    expect(redact(text)).toBe(text);
  });
});

/** Texts dense in what the rules look for. */
const suspicious = fc
  .array(
    fc.oneof(
      fc.constantFrom(...SECRETS.map(([, secret]) => secret)),
      fc.constantFrom(' ', '@', '.', '-', '+', 'eyJ', 'sk-', '1', '4111', 'DE89', 'a', '[email:', ']', '\n', ':'),
      fc.string({ maxLength: 8, unit: 'binary' }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

describe('redaction', () => {
  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(suspicious, (text) => {
        const once = redact(text);
        expect(redact(once)).toBe(once);
      }),
      { numRuns: 3_000, examples: [[`4${'1'.repeat(15)}${['ghp', 'a1B2'.repeat(9)].join('_')}`]] },
    );
  });

  it('finds each secret between any other words', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { maxLength: 4 }).map((list) => list.join(' '));
    fc.assert(
      fc.property(words, fc.constantFrom(...SECRETS), words, (before, [, secret], after) => {
        expect(redact(`${before} ${secret} ${after}`)).not.toContain(secret);
      }),
    );
  });

  it.each([
    'a',
    '1',
    '4',
    '+1',
    '1-',
    'a@',
    'a.',
    '@',
    'a@a.',
    'eyJ',
    'eyJaaaaa.',
    'eyJaaaaa.eyJaaaaa.',
    'sk-',
    'sk',
    'glpat-',
    'hf_',
    'xai-',
    'rk_live_',
    'npm_',
    'AIza',
    'AKIA',
    'ghp_',
    'xoxb-',
    'Bearer ',
    'bearer\t',
    '-----BEGIN PRIVATE KEY-----',
    '-----BEGIN ',
    '-',
    'DE89 ',
    'DE',
    'GB29NWBK',
    '411 ',
    '+1 (',
    '123-45-',
    '\u00fc',
  ])('comes to an end on a megabyte of %j', (unit) => {
    const redacted = redact(unit.repeat(Math.ceil(1_000_000 / unit.length)));
    expect(redacted.length).toBeGreaterThan(0);
  });
});

describe('recordings with a secret in every text', () => {
  const KEYS = [
    'gen_ai.provider.name',
    'gen_ai.request.model',
    'gen_ai.response.model',
    'gen_ai.tool.name',
    'gen_ai.tool.call.id',
    'gen_ai.tool.call.arguments',
    'gen_ai.completion',
    'error.type',
    'aigate.approval.approver',
    'aigate.fallback.from',
    'aigate.fallback.reason',
    'aigate.case',
    'gen_ai.conversation.id',
    'gen_ai.response.finish_reason',
  ];

  it.each(SECRETS)('hand on none of kind %s', async (_, secret) => {
    const planted: Attributes = Object.fromEntries(KEYS.map((key) => [key, `x ${secret} x`]));
    const messages = [
      { role: secret, finish_reason: secret, parts: [{ content: secret }, { type: 'tool_call', name: secret }] },
    ];
    const base: SpanSpec = { id: 'a', name: secret, events: [{ name: secret, attributes: planted }] };
    const spans: SpanSpec[] = [
      { ...base, attributes: { ...planted, ...CHAT, 'gen_ai.request.model': secret } },
      { ...base, id: 'b', attributes: { ...CHAT, ...planted, 'gen_ai.output.messages': messages } },
      { ...base, id: 'c', attributes: { ...planted, ...TOOL, 'gen_ai.tool.name': secret } },
      { ...base, id: 'd', attributes: planted },
      { ...base, id: 'e', parent: 'a', events: [] },
    ];
    const resource = {
      ...planted,
      'vcs.ref.head.revision': secret,
      'aigate.artifacts.digest': secret,
      'deployment.environment.name': secret,
    };
    const ends = [
      tracesLine(spans, { resource, scope: secret }),
      tracesLine([{ id: 'f' }, { ...base, id: 'g', parent: 'a', events: [] }], { scope: null }),
    ];
    const hand = `run: a\nsteps: [{ model: m, ${JSON.stringify(secret)}: 1 }]\n`;
    const observation = await observe(
      { 'a.jsonl': ends.join(''), 'b.yaml': hand },
      { redact, selectKeys: ['aigate.case', 'gen_ai.conversation.id'] },
    );
    expect(observation.runs[0]?.steps.length).toBeGreaterThan(0);
    const handedOn = JSON.stringify(observation);
    expect(handedOn).not.toContain(JSON.stringify(secret).slice(1, -1));
  });

  it('hand on none as the id of a trace or a hand-written run', async () => {
    const [, secret] = SECRETS[0] ?? [];
    const trace = tracesLine([{ id: 'a', attributes: CHAT }]).replace(/"traceId":"\w+"/, `"traceId":"${secret}"`);
    const observation = await observe(
      { 'a.jsonl': trace, 'b.yaml': `run: ${secret}\nsteps: [{ model: m }]\n` },
      { redact },
    );
    expect(JSON.stringify(observation)).not.toContain(secret);
  });
});

describe('an address of mail', () => {
  const address = ['bob', 'acme.com'].join('@');
  const token = redact(address);

  it.each(['“?”', '?。', '请发给?，', '?请看', '_?_', 'mailto:?', '<?>', '\u00ab?\u00bb'])(
    'is itself in %s',
    (around) => {
      expect(redact(around.replace('?', address))).toBe(around.replace('?', token));
    },
  );

  it.each([
    ['мир', 'почта.рф'],
    ['用户', '例子.广告'],
  ])('may be in any script: %s', (...parts) => {
    expect(redact(parts.join('@'))).toMatch(/^\[email:[0-9a-f]{8}\]$/);
  });
});

describe('a value that is written in several ways', () => {
  const iban = ['DE89', '3704', '0044', '0532', '0130', '00'];
  const card = ['4111', '1111', '1111', '1111'];
  it.each([
    [iban.join(''), iban.join(' ')],
    [card.join(''), card.join('-')],
    ['+49 30 1234567', '+49-30-1234567'],
    [['Jane', 'Example.org'].join('@'), ['jane', 'example.org'].join('@')],
  ])('keeps one token: %s', (a, b) => {
    expect(redact(a)).toBe(redact(b));
    expect(redact(a)).toMatch(/^\[\w+:[0-9a-f]{8}\]$/);
  });
  it('is not a secret, of which every letter counts', () => {
    const secret = ['sk', 'proj', 'A1b2'.repeat(6)].join('-');
    expect(redact(secret)).not.toBe(redact(secret.replaceAll('A', 'a')));
  });
});
