import type { LearnedArgument, LearnedTool } from '../../contract/learned-tool.ts';
import { quantity } from '../../contract/quantity.ts';
import { effectOfName } from '../../contract/served/effect-of-name.ts';
import { hintsOf } from '../../contract/served/tool-hints.ts';
import type { ToolEffect } from '../../contract/tool-policy.ts';
import { guess, scalar } from './yaml-line.ts';

/**
 * The section `tools` of a manifest for what is known of these tools: every tool unreviewed, every reason beside its line.
 * Of none it has no section: that none was seen does not say that the agent has none.
 */
export function draftToolPolicy(tools: readonly LearnedTool[], remarks: readonly string[] = []): string {
  const head = [
    '# Proposed by aigate tools learn: nothing in it is a decision. Read each tool, correct it, and then remove its',
    '# reviewed: false. What was seen in recordings is what happened, not what may happen.',
    ...remarks.map((remark) => `#${guess(remark).replace(' # guess:', '')}`),
  ];
  const section = tools.length === 0 ? NOTHING_LEARNED : ['tools:', ...tools.flatMap(toolLines)];
  return `${[...head, ...section].join('\n')}\n`;
}

const NOTHING_LEARNED = [
  '# No tool was seen, so nothing is proposed. Where the agent has none, a person declares that: tools: none',
];

function toolLines(tool: LearnedTool): string[] {
  const { effect, because } = suggestEffect(tool);
  const { human, other } = tool.approvals;
  const seen = `${quantity(tool.calls, 'call')}, ${quantity(human, 'approval')} by a human, ${other} by others`;
  const args = Object.entries(tool.args).flatMap(([name, arg]) => argumentLine(name, arg));
  return [
    `  ${scalar(tool.name)}:`,
    `    effect: ${effect}${guess(because)}`,
    `    approve: ${effect === 'read' ? 'never' : 'always'}`,
    `    reviewed: false${guess([seen, ...tool.notes].join('; '))}`,
    ...(args.length === 0 ? [] : ['    args:', ...args]),
  ];
}

/** The annotation of its server, else its name, else the worst. */
function suggestEffect({ name, definition }: LearnedTool): { readonly effect: ToolEffect; readonly because: string } {
  if (definition?.['annotations'] !== undefined) {
    const { readOnly, destructive } = hintsOf(definition);
    if (readOnly) return { effect: 'read', because: 'its server says that it only reads' };
    if (destructive) return { effect: 'irreversible', because: 'its server does not say that it destroys nothing' };
    return { effect: 'write', because: 'its server says that it writes and destroys nothing' };
  }
  const effect = effectOfName(name.replace(/^mcp__.+?__/, ''));
  if (effect !== undefined) return { effect, because: 'its name' };
  return { effect: 'irreversible', because: 'nothing says what it does' };
}

/** The narrowest rule that holds what was seen; a comment where no rule fits. */
function argumentLine(name: string, arg: LearnedArgument): string[] {
  const rule = ruleFor(arg);
  const seen = `${arg.types.join(' or ')} in ${quantity(arg.calls, 'call')}`;
  if (rule === undefined) return [];
  return [`      ${scalar(name)}: { ${rule} }${guess(seen)}`];
}

function ruleFor({ types, range, longest, values }: LearnedArgument): string | undefined {
  const [only] = types;
  if (types.length !== 1) return undefined;
  if (values !== undefined) return `in: [${values.map(scalar).join(', ')}]`;
  if (only === 'number' && range !== undefined) return `min: ${range[0]}, max: ${range[1]}`;
  return only === 'string' && longest !== undefined && longest > 0 ? `max_length: ${longest}` : undefined;
}
