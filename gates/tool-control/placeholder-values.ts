import { parsedArguments } from '../../src/contract/argument-path.ts';
import { canonicalJson } from '../../src/contract/json.ts';
import type { Run } from '../../src/contract/run.ts';
import { textsIn } from './argument-texts.ts';
import type { JudgedBreach } from './breaches.ts';

/** Every tool call, by whether a value in it is one that a model writes when it does not know the value. */
export function placeholderCalls({ steps }: Run): JudgedBreach[] {
  return steps.flatMap((step): JudgedBreach[] => {
    if (step.type !== 'tool') return [];
    const label = step.tool ?? '(unnamed)';
    const args = parsedArguments(step.args);
    if (args === undefined) return [{ call: step, standing: 'unknown', label: `${label}: arguments` }];
    const found = textsIn(args).find(({ text }) => isPlaceholder(text));
    return found === undefined
      ? [{ call: step, standing: 'held', label }]
      : [{ call: step, standing: 'breached', label: `${label}: ${found.path} = ${canonicalJson(found.text)}` }];
  });
}

/** A whole value that stands for another: brackets, braces, words for "not known", the domains kept free for examples. */
const PLACEHOLDER =
  /^(?:<[^<>]{1,60}>|\[(?!\w+:[0-9a-f]{8}\])[A-Za-z][^[\]]{0,60}\]|\{\{?[^{}]{1,60}\}\}?|\$\{[^{}]{1,60}\}|(?:your|insert|enter|my|the)[_ -][a-z0-9_ -]{1,40}[_ -](?:here|id|key|name|email|number|address)|(?:unknown|n\/?a|none|null|undefined|tbd|todo|to be determined|placeholder|example|sample|test|foo|bar|xxx+|\?+|\.\.\.|…|user_?id|order_?id|account_?id|customer_?id)|[^\s@]+@(?:[\w-]+\.)*example\.(?:com|org|net)|(?:1234567890?|0{5,}))$/i;

const LONGEST = 120;

function isPlaceholder(text: string): boolean {
  const value = text.trim();
  return value.length <= LONGEST && PLACEHOLDER.test(value);
}
