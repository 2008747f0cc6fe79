import { afterEach, describe, expect, it } from 'vitest';
import { aWorkload, MANIFEST, type Workload } from '../dev/testing/workload.ts';

let workload: Workload;
afterEach(() => workload.remove());

/** What check says of a manifest with this tool in place of its own. */
async function checked(tool: string) {
  const tools = `tools:\n  pay:\n    effect: write\n${tool}`;
  const text = MANIFEST.replace(/^tools:.*\n(?: .*\n)*/m, '');
  workload = await aWorkload({ 'traces/week.jsonl': '', 'aigate.yaml': `${text}${tools}\n` });
  return workload.run('check');
}

describe('a rule that does not compile', () => {
  it.each([
    ['    when: "call.args.amount >"', 'tools.pay.when: call.args.amount > is not a CEL expression'],
    ['    when: "amount > 3"', 'tools.pay.when: amount > 3 is not a CEL expression'],
    ['    when: "call.args.a.matches(\'a\')"', 'takes unbounded time here'],
    ['    approve:\n      when: "call.args."', 'tools.pay.approve.when: call.args. is not a CEL expression'],
    ['    schema: { type: 5 }', 'tools.pay.schema: a JSON schema does not compile'],
    ['    schema: [1]', 'tools.pay.schema: a JSON schema is an object or a boolean'],
    ['    args:\n      to: { matches: "(?=a)b" }', 'tools.pay.args.to.matches: '],
  ])('is named with its place, exit 2: %s', async (tool, said) => {
    const { exitCode, stderr } = await checked(tool);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(said);
    expect(stderr).toContain('CONFIG_INVALID');
    expect(stderr).toMatch(/aigate\.yaml:\d+:\d+/);
  });

  it('is named beside all others of its kind', async () => {
    const { stderr } = await checked('    when: "a b"\n    args:\n      to: { matches: "(?<!a)b" }');
    expect(stderr).toContain('tools.pay.args.to.matches');
    expect(stderr).toContain('tools.pay.when');
  });
});
