import { type KnownPackage, NPM_PACKAGES, PYTHON_MODULES } from './known-packages.ts';
import type { Assignment, Import, ModuleFacts, Path } from './module-facts.ts';

/** Where an expression comes from. */
export interface Origin {
  /** The module it is imported from; undefined = it could not be followed to an import. */
  readonly module: string | undefined;
  readonly known: KnownPackage | undefined;
  /** Within the module; otherwise with all local names replaced by what they stand for. */
  readonly path: Path;
}

/** Follows names through imports and assignments. */
export interface Resolver {
  /** Where an expression that stands at `at` comes from. */
  resolve(path: Path, at: number): Origin;
  /** What a name was last set to before `at`. */
  definition(name: Path, at: number): Assignment | undefined;
}

/** Names that stand for names that stand for … */
const MOST_STEPS = 8;
/** `this.gateway.client` is looked up as a whole, then `this.gateway`; nobody writes longer names for a client. */
const LONGEST_NAME = 5;
/** How many earlier assignments of one name are looked at. */
const MOST_ASSIGNMENTS = 50;

export function createResolver({ language, imports, assignments }: ModuleFacts): Resolver {
  const imported = new Map(
    imports.flatMap(({ module, names }) => names.map((name) => [name.local, { module, name: name.imported }] as const)),
  );
  const assigned = new Map<Path, Assignment[]>();
  for (const assignment of assignments.toSorted((a, b) => a.from - b.from)) {
    const earlier = assigned.get(assignment.name);
    if (earlier === undefined) assigned.set(assignment.name, [assignment]);
    else earlier.push(assignment);
  }

  const definition = (name: Path, at: number) => latest(assigned.get(name) ?? [], at);
  const resolve = (path: Path, at: number, steps: number): Origin => {
    for (const name of prefixesOf(path)) {
      const rest = path.slice(name.length);
      const value = definition(name, at);
      if (value !== undefined && value.value !== '' && steps > 0) {
        return resolve(value.value + rest, value.from, steps - 1);
      }
      if (value !== undefined) return { module: undefined, known: undefined, path };
      const origin = imported.get(name);
      if (origin !== undefined) return known(language, origin.module, join(origin.name, rest));
    }
    return { module: undefined, known: undefined, path };
  };
  return { resolve: (path, at) => resolve(path, at, MOST_STEPS), definition };
}

/** `a.b.c().d` → `a.b.c`, `a.b`, `a`; a loaded module is one name. */
function prefixesOf(path: Path): string[] {
  const plain = /^(?:‹[^›]*›|[^.([]+)(?:\.[^.([]+)*/.exec(path)?.[0] ?? '';
  const names = /^‹[^›]*›|[^.]+/g;
  const ends = [...plain.matchAll(names)].slice(0, LONGEST_NAME).map(({ index, 0: name }) => index + name.length);
  return ends.reverse().map((end) => plain.slice(0, end));
}

/** The last assignment before `at` that is visible there; fields are visible everywhere, whatever the order. */
function latest(assignments: readonly Assignment[], at: number): Assignment | undefined {
  const isField = /^(?:this|self|cls)\./.test(assignments[0]?.name ?? '');
  let [low, high] = [0, assignments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((assignments[middle]?.from ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  for (let i = low - 1; i >= Math.max(0, low - MOST_ASSIGNMENTS); i--) {
    const found = assignments[i];
    // What is being assigned is not yet visible in its own value.
    if (found !== undefined && found.to <= at && found.scope.from <= at && at <= found.scope.to) return found;
  }
  const [first] = assignments;
  return isField && first !== undefined && first.from > at ? first : undefined;
}

function join(name: string, rest: Path): Path {
  return name === '' ? rest.replace(/^\./, '') : name + rest;
}

function known(language: ModuleFacts['language'], module: string, path: Path): Origin {
  // `@scope/name/deep` is a part of `@scope/name`.
  const name = module.split('/', module.startsWith('@') ? 2 : 1).join('/');
  if (language === 'javascript') return { module, known: NPM_PACKAGES.get(name), path };
  const whole = path === '' ? module : `${module}.${path}`;
  for (let end = whole.length; end > 0; end = whole.lastIndexOf('.', end - 1)) {
    const found = PYTHON_MODULES.get(whole.slice(0, end));
    if (found !== undefined) return { module: whole.slice(0, end), known: found, path: whole.slice(end + 1) };
  }
  return { module, known: undefined, path };
}

/** Where an import leads, by the first of its names. */
export function originOfImport(language: ModuleFacts['language'], { module, names }: Import): Origin {
  return known(language, module, names[0]?.imported ?? '');
}
