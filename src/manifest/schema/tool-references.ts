import type { z } from 'zod';
import { closest } from '../suggestion.ts';
import type { flowsSchema } from './flows-schema.ts';
import type { ArgumentInput, listsSchema } from './tool-arguments-schema.ts';
import type { toolsSchema } from './tools-schema.ts';

type Referring = Readonly<{
  lists?: z.infer<typeof listsSchema> | undefined;
  tools?: z.infer<typeof toolsSchema> | undefined;
  flows?: z.infer<typeof flowsSchema> | undefined;
}>;

interface Reference {
  readonly name: string;
  readonly among: 'lists' | 'tools';
  readonly path: readonly (string | number)[];
}

/** A rule about a list or tool that is not declared would never hold, or never match, without anybody noticing. */
export function refuseUnknownReferences(manifest: Referring, context: z.RefinementCtx): void {
  const { lists = {}, tools = {} } = manifest;
  if (Object.hasOwn(lists, 'user')) {
    const params = { hint: 'Rename the list, also where arguments take it.' };
    const message = 'no list may be named user: in from it stands for the words of the user';
    context.addIssue({ code: 'custom', message, path: ['lists', 'user'], params });
  }
  const known = { lists: Object.keys(lists), tools: tools === 'none' ? [] : Object.keys(tools) };
  for (const { name, among, path } of referencesIn(manifest)) {
    if (known[among].includes(name)) continue;
    const near = closest(name, known[among]);
    const hint = near === undefined ? `Declare it under ${among}.` : `did you mean ${JSON.stringify(near)}?`;
    const message = `${JSON.stringify(name)} is not under ${among}`;
    context.addIssue({ code: 'custom', message, path: [...path], params: { hint } });
  }
}

function referencesIn({ tools = {}, flows = [] }: Referring): Reference[] {
  // What takes a call back may be a tool of people, which the workload itself does not have.
  const ofTools = Object.entries(tools === 'none' ? {} : tools).flatMap(([tool, { args = {} }]) =>
    Object.entries(args).flatMap(([arg, rules]) => ofArgument(rules, ['tools', tool, 'args', arg])),
  );
  return [...ofTools, ...flows.flatMap((flow, i) => ofFlow(flow, ['flows', i]))];
}

const WITH_LISTS = ['in', 'not_in', 'email_domain', 'url_host', 'path_under'] as const;

function ofArgument(rules: ArgumentInput, path: Reference['path']): Reference[] {
  const lists = WITH_LISTS.flatMap((op): Reference[] => {
    const name = rules[op];
    return typeof name === 'string' ? [{ name, among: 'lists', path: [...path, op] }] : [];
  });
  const origins = (rules.from ?? []).flatMap((origin, i): Reference[] => {
    const at = [...path, 'from', i];
    if (origin === 'user') return [];
    const tool = /^tool:(.*)$/s.exec(origin)?.[1];
    return tool === undefined
      ? [{ name: origin, among: 'lists', path: at }]
      : [{ name: tool, among: 'tools', path: at }];
  });
  return [...lists, ...origins];
}

function ofFlow(flow: z.infer<typeof flowsSchema>[number], path: Reference['path']): Reference[] {
  return Object.entries(flow).flatMap(([key, value]): Reference[] => {
    if (key === 'id' || key === 'unless' || key === 'same' || key === 'at_most') return [];
    const tool = typeof value === 'string' ? value : toolOf(value);
    return tool === undefined ? [] : [{ name: tool, among: 'tools', path: [...path, key] }];
  });
}

function toolOf(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null && 'tool' in value && typeof value.tool === 'string'
    ? value.tool
    : undefined;
}
