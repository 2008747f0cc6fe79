import type { ASTNode, Environment } from '@marcbachmann/cel-js';
import { invalidConfig } from '../invalid-config.ts';

/** What an expression may speak of. */
const VARIABLES = ['call', 'prev', 'run', 'user', 'approvals'] as const;
type Variable = (typeof VARIABLES)[number];
/** Values of the variables; numbers are doubles, as in JSON. */
export type ExpressionInput = Readonly<Partial<Record<Variable, unknown>>>;

export interface Expression {
  /** It speaks of nothing but the call itself, so that it can be computed on the arguments in clear. */
  readonly isLocal: boolean;
  /** Undefined: it could not be computed, or is neither true nor false. */
  evaluate(input: ExpressionInput): boolean | undefined;
}

/**
 * Compiles CEL. The library is loaded only where an expression is declared.
 * @throws AigateError CONFIG_INVALID, by what is returned, with what is wrong with the expression
 */
export async function expressionCompiler(): Promise<(source: string) => Expression> {
  const { Environment: Language } = await import('@marcbachmann/cel-js');
  const language = VARIABLES.reduce((known, name) => known.registerVariable(name, 'dyn'), new Language());
  return (source) => compile(language, source);
}

function compile(language: Environment, source: string): Expression {
  const parsed = parse(language, source);
  const names = namesIn(parsed.ast);
  if (names.functions.has('matches')) {
    throw invalidConfig(
      `${source}: matches takes unbounded time here; use the operator matches on the argument`,
      undefined,
    );
  }
  return {
    isLocal: VARIABLES.every((name) => name === 'call' || !names.variables.has(name)),
    evaluate(input) {
      try {
        const value: unknown = parsed(input);
        return typeof value === 'boolean' ? value : undefined;
      } catch {
        return undefined;
      }
    },
  };
}

function parse(language: Environment, source: string) {
  try {
    const parsed = language.parse(source);
    const { valid, error } = parsed.check();
    if (!valid) throw error ?? new TypeError('it does not type-check');
    return parsed;
  } catch (cause) {
    throw invalidConfig(`${source} is not a CEL expression over ${VARIABLES.join(', ')}`, cause);
  }
}

interface Names {
  readonly variables: Set<string>;
  readonly functions: Set<string>;
}

/** Every name of a variable and every function called anywhere in it. */
function namesIn(root: ASTNode): Names {
  const names: Names = { variables: new Set(), functions: new Set() };
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (typeof value !== 'object' || value === null || !('op' in value) || !('args' in value)) return;
    const { op, args } = value;
    if (op === 'id' && typeof args === 'string') names.variables.add(args);
    if ((op === 'call' || op === 'rcall') && Array.isArray(args)) names.functions.add(String(args[0]));
    visit(args);
  };
  visit(root);
  return names;
}
