import { compileOperator } from '../../../annotate/tools/argument-operators.ts';
import { argumentPath, withArgument } from '../../../contract/argument-path.ts';
import { PROBE_HOST } from '../../../contract/probe.ts';
import type { ArgumentOperator, Scalar } from '../../../contract/tool-policy.ts';
import type { JsonObject } from '../../../observe/otlp/any-value.ts';
import type { KnownCall } from './known-calls.ts';

/** A value of an argument that a declared rule refuses. */
export interface BrokenArgument extends Pick<KnownCall, 'tool' | 'served'> {
  readonly arg: string;
  readonly value: unknown;
}

/**
 * For each rule of an argument that the call has, a value of its kind that breaks it; a rule that none of those breaks is
 * left out. None where the tool gets other arguments than the model wrote: the value would not be found there again.
 */
export async function brokenArguments(call: KnownCall): Promise<readonly BrokenArgument[]> {
  const { tool, served, policy, args, isVerbatim } = call;
  const found: BrokenArgument[] = [];
  if (!isVerbatim) return found;
  for (const rule of policy?.rules ?? []) {
    if (rule.kind !== 'argument') continue;
    const { arg } = rule;
    const [own] = argumentPath(arg)(args);
    if (own === undefined) continue;
    const holds = await compileOperator(rule);
    const breaks = (value: unknown) => isPlaced(args, { arg, value }) && !holds(value, withArgument(args, arg, value));
    const value = candidates(rule, own).find(breaks);
    if (value !== undefined) found.push({ tool, served, arg, value });
  }
  return found;
}

/** Whether arguments hold the value in its place. */
export function hasArgument(args: unknown, { arg, value }: Pick<BrokenArgument, 'arg' | 'value'>): boolean {
  return argumentPath(arg)(args).some((one) => JSON.stringify(one) === JSON.stringify(value));
}

/** A path that stands for several places has no one place for a value. */
function isPlaced(args: JsonObject, broken: Pick<BrokenArgument, 'arg' | 'value'>): boolean {
  return hasArgument(withArgument(args, broken.arg, broken.value), broken);
}

/** Values of the kind that the argument has: code that refuses a text in place of a number shows nothing of the limit. */
function candidates(rule: ArgumentOperator, own: unknown): readonly unknown[] {
  switch (rule.op) {
    case 'max':
      return likeOwn(own, rule.value + 1);
    case 'min':
      return likeOwn(own, rule.value - 1);
    case 'not_in':
      return rule.values.filter((value) => typeof value === typeof own);
    case 'max_length':
      return Array.isArray(own)
        ? [Array.from({ length: rule.value + 1 }, () => own[0] ?? null)]
        : [`${own}`.padEnd(rule.value + 1, 'x')];
    case 'email_domain':
      return [`probe@${PROBE_HOST}`];
    case 'url_host':
      return [`https://${PROBE_HOST}/`];
    case 'path_under':
      return [`${own}/../../../../../../${PROBE_HOST}`, `/${PROBE_HOST}`];
    case 'sql':
      return ['DELETE FROM aigate_probe'];
    case 'in':
    case 'matches':
    case 'same_as':
      return typeof own === 'number' ? [own + 1, -own - 1] : [`${own}-probe`, PROBE_HOST];
  }
}

/** A number as a text where the model writes it as one. */
function likeOwn(own: unknown, value: number): readonly Scalar[] {
  return typeof own === 'string' ? [`${value}`] : [value];
}
