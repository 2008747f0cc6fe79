/** A stretch of the source, in UTF-16 units from 0. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Expressions are written as paths: names joined by dots, `()` for a call, `[]` for an index. Awaits, brackets,
 * assertions, type arguments, optional chaining and defaults (`?? …`, `or …`) leave no trace; what is no such chain is ''.
 * `(await this.client!.chat.completions.create(…)).choices[0]` is `this.client.chat.completions.create().choices[]`.
 */
export type Path = string;

/** What stands in a list, an argument or an entry. */
export interface Value extends Span {
  readonly kind: 'text' | 'number' | 'true' | 'false' | 'nothing' | 'object' | 'list' | 'other';
  /** Of text and numbers, without quotes; otherwise ''. */
  readonly text: string;
  /** Of lists. */
  readonly items: readonly Span[];
}

/** `key: value` of an object or dictionary, or a keyword argument. */
export interface Entry extends Span {
  readonly key: string;
  readonly value: Value;
}

/** A module that is loaded at run time; type-only imports are none. */
export interface Import extends Span {
  readonly module: string;
  /** `imported` is '' for the module itself. */
  readonly names: readonly { readonly local: string; readonly imported: string }[];
}

export interface Call extends Span {
  /** Of what is called, without the `()`. */
  readonly path: Path;
  /** Of positional arguments, in order; '' for what has none. */
  readonly args: readonly Path[];
  /** The first argument, when it is a text; otherwise ''. */
  readonly firstText: string;
  /** Keyword arguments, or members of object literals among the arguments. */
  readonly named: readonly Entry[];
  /** Whether options may come from a variable or a spread, which nobody here follows. */
  readonly isOpen: boolean;
}

/** A text in the code that is neither key, type, import nor documentation; an interpolation is written `{}`. */
export interface Text extends Span {
  readonly text: string;
  /** Whether it only stands in for a setting that is absent: `process.env.MODEL ?? '…'`. */
  readonly isFallback: boolean;
}

/** `name = value`; the whole value is `from`–`to`. */
export interface Assignment extends Span {
  readonly name: Path;
  readonly value: Path;
  /** Innermost function it stands in, or the module. */
  readonly scope: Span;
}

/** Code under a handler that lets every error vanish. */
export interface SilentHandler extends Span {
  readonly body: Span;
}

export interface Loop extends Span {
  readonly subject: Path;
  readonly over: Span;
  /** Whether the item is handed on as a whole, so that somebody else may look into it. */
  readonly handsOn: boolean;
}

/** What wraps code and may run it again: a decorated function, a `with` block. */
export interface Wrapper extends Span {
  readonly path: Path;
}

/** What the rules know about one module, whatever its language. Lists are in the order of the source. */
export interface ModuleFacts {
  readonly language: 'javascript' | 'python';
  readonly source: string;
  readonly imports: readonly Import[];
  readonly calls: readonly Call[];
  readonly entries: readonly Entry[];
  readonly texts: readonly Text[];
  readonly assignments: readonly Assignment[];
  readonly silentHandlers: readonly SilentHandler[];
  /** Bodies of `try`, with a handler or not. */
  readonly tries: readonly Span[];
  readonly loops: readonly Loop[];
  readonly wrappers: readonly Wrapper[];
  /** Names of variables, members, keys and short texts anywhere in the code. */
  readonly words: ReadonlySet<string>;
}

/** Whether the first lies within the second. */
export function isWithin(inner: Span, outer: Span): boolean {
  return inner.from >= outer.from && inner.to <= outer.to;
}
