import type { WireAnswer, WireApi, WireRequest, WireUsage } from '../wire/wire-api.ts';
import type { MatchedRule } from './script-rules.ts';
import { fillTemplate, insideJson, type TemplateValues } from './template.ts';

/** How the ids of answers and calls begin. */
const ID_PREFIXES: Readonly<Record<WireApi, readonly [answer: string, call: string]>> = {
  'openai.chat': ['chatcmpl-', 'call_'],
  'openai.responses': ['resp_', 'call_'],
  'anthropic.messages': ['msg_', 'toolu_'],
  'openai.embeddings': ['embd_', 'call_'],
};

/** The answer that a rule gives. @param id of the call, from which the ids in the answer are made */
export function scriptedAnswer({ rule, values }: MatchedRule, request: WireRequest, id: string): WireAnswer {
  const [answerPrefix, callPrefix] = ID_PREFIXES[request.api];
  const { answer } = rule;
  const tools = answer.tools ?? (answer.tool === undefined ? [] : [answer.tool]);
  const toolCalls = tools.map(({ name, args }, index) => ({
    id: `${callPrefix}${id}${index}`,
    name: filled(name, values),
    args: filledJson(args, values),
  }));
  const text =
    answer.json === undefined ? filled(answer.text ?? answer.refusal ?? '', values) : filledJson(answer.json, values);
  const isRefusal = answer.refusal !== undefined;
  return {
    id: `${answerPrefix}${id}`,
    model: rule.model ?? request.model ?? 'simulated',
    text,
    toolCalls,
    finish: isRefusal ? 'refusal' : toolCalls.length > 0 ? 'tool_calls' : 'stop',
    usage: rule.usage ?? estimatedUsage(request, { text, toolCalls }),
  };
}

function filled(template: string, values: TemplateValues): string {
  return fillTemplate(template, values, (value) => value);
}

/** Filled as text, so that the whole depth needs no walk: the places survive JSON's own escapes. */
function filledJson(value: unknown, values: TemplateValues): string {
  return fillTemplate(JSON.stringify(value), values, insideJson);
}

/** A token for every four characters on each side, rounded up: OpenAI's rule of thumb for English. */
function estimatedUsage(request: WireRequest, answer: Pick<WireAnswer, 'text' | 'toolCalls'>): WireUsage {
  const input = request.messages.reduce((sum, message) => sum + lengthOf(message), 0);
  return { input: Math.ceil(input / 4), output: Math.ceil(lengthOf(answer) / 4), cacheRead: 0 };
}

function lengthOf({ text, toolCalls }: Pick<WireAnswer, 'text' | 'toolCalls'>): number {
  return toolCalls.reduce((sum, { name, args }) => sum + name.length + args.length, text.length);
}
