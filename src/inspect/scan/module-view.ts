import { apiOf } from './call-shapes.ts';
import type { Api, KnownPackage } from './known-packages.ts';
import type { Call, Import, ModuleFacts } from './module-facts.ts';
import { createResolver, type Origin, originOfImport, type Resolver } from './resolver.ts';
import { type SpanSet, spanSet } from './span-set.ts';

/** A call with what is known of the package behind it. */
export interface KnownCall {
  readonly call: Call;
  readonly origin: Origin;
}

export interface ModelCall extends KnownCall {
  readonly api: Api;
}

export interface ClientCall extends KnownCall {
  readonly known: KnownPackage;
}

/** A module as the rules see it. */
export interface ModuleView {
  readonly facts: ModuleFacts;
  readonly names: Resolver;
  readonly sdkImports: readonly { readonly place: Import; readonly module: string }[];
  /** Every call, with its origin. */
  readonly calls: readonly KnownCall[];
  readonly clients: readonly ClientCall[];
  readonly modelCalls: readonly ModelCall[];
  /** Spans of client constructions and model calls, with all their arguments. */
  readonly requests: SpanSet<Call>;
  readonly modelCallSpans: SpanSet<Call>;
  /** Whether it talks to a model at all; names that mean something there mean nothing elsewhere. */
  readonly isAi: boolean;
}

export function viewModule(facts: ModuleFacts): ModuleView {
  const names = createResolver(facts);
  const calls = facts.calls.map((call) => ({ call, origin: names.resolve(call.path, call.from) }));
  const modelCalls = calls.flatMap((one): ModelCall[] => {
    const api = apiOf(one.call, one.origin);
    return api === undefined ? [] : [{ ...one, api }];
  });
  const clients = calls.flatMap((one): ClientCall[] => {
    const { known } = one.origin;
    // The classes of Python are called like functions.
    const isMade = facts.language === 'python' || facts.source.startsWith('new', one.call.from);
    return known !== undefined && isMade && isClient(one.call, one.origin) ? [{ ...one, known }] : [];
  });
  const sdkImports = facts.imports.flatMap((place) => {
    const { known, module = '' } = originOfImport(facts.language, place);
    return known === undefined || isGeneral(module) ? [] : [{ place, module }];
  });
  return {
    facts,
    names,
    sdkImports,
    calls,
    clients,
    modelCalls,
    requests: spanSet([...clients, ...modelCalls].map(({ call }) => call)),
    modelCallSpans: spanSet(modelCalls.map(({ call }) => call)),
    isAi: sdkImports.length + clients.length + modelCalls.length > 0,
  };
}

function isClient(call: Call, { module = '', known, path }: Origin): boolean {
  if (known?.clients.includes(path) !== true) return false;
  return !isGeneral(module) || /^bedrock(?:-agent)?(?:-runtime)?$/.test(call.firstText);
}

/** A library for all of a cloud: it concerns models only where a client for them is made. */
export function isGeneral(module: string): boolean {
  return /^(?:aio)?boto3(?:\.|$)/.test(module);
}
