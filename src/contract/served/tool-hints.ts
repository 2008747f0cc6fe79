import type { ServedTool } from './served-tools.ts';

/** What a tool may do by its annotations. They are hints of its maker, and never a declaration of its owner. */
export interface ToolHints {
  readonly readOnly: boolean;
  /** Undoes or overwrites what is there; never true for one that only reads. */
  readonly destructive: boolean;
  readonly openWorld: boolean;
}

/** The annotations with a meaning for authority, as the protocol names them. */
export const HINTS = ['readOnlyHint', 'destructiveHint', 'idempotentHint', 'openWorldHint'] as const;

/** The annotation as served; undefined = it says nothing. */
export function hintOf({ annotations }: ServedTool, hint: (typeof HINTS)[number]): boolean | undefined {
  if (typeof annotations !== 'object' || annotations === null || Array.isArray(annotations)) return undefined;
  const value = Object.entries(annotations).find(([name]) => name === hint)?.[1];
  return typeof value === 'boolean' ? value : undefined;
}

/** With the defaults of the protocol, which assume the worst: it writes, destroys and reaches outside. */
export function hintsOf(tool: ServedTool): ToolHints {
  const readOnly = hintOf(tool, 'readOnlyHint') ?? false;
  return {
    readOnly,
    destructive: !readOnly && (hintOf(tool, 'destructiveHint') ?? true),
    openWorld: hintOf(tool, 'openWorldHint') ?? true,
  };
}
