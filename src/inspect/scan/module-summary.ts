import type { CodeFinding } from '../../contract/inspection.ts';
import { providerId } from '../../contract/provider-name.ts';
import type { Api } from './known-packages.ts';
import type { KnownCall, ModuleView } from './module-view.ts';
import type { RetrySightings } from './rules/resilience.ts';
import type { Sighting } from './rules.ts';

/** What a module means to the other modules of its language. */
export interface ModuleSummary {
  /** Modules of different groups know nothing of each other; undefined = settings. */
  readonly group: 'javascript' | 'python' | undefined;
  /** Providers it calls, each with the finding that stands when another module calls that provider too. */
  readonly providers: readonly {
    readonly provider: string;
    readonly makesClient: boolean;
    readonly finding: CodeFinding;
  }[];
  /** As in `RetrySightings`. */
  readonly unlessRepeated: readonly CodeFinding[];
  readonly repeats: boolean;
  readonly unlessQuietClient: readonly CodeFinding[];
  readonly hasQuietClient: boolean;
}

/** What settings of a gateway mean to code, unless they repeat calls. */
export const SETTINGS: ModuleSummary = {
  group: undefined,
  providers: [],
  unlessRepeated: [],
  repeats: false,
  unlessQuietClient: [],
  hasQuietClient: false,
};

/** Whose API a client speaks that came from elsewhere. */
const OWNER: Readonly<Partial<Record<Api, string>>> = {
  openai: 'openai',
  anthropic: 'anthropic',
  google: 'google',
  bedrock: 'aws',
};

export function summarize(
  view: ModuleView,
  retries: RetrySightings,
  place: (sightings: readonly Sighting[]) => CodeFinding[],
): ModuleSummary {
  const first = new Map<string, number>();
  const add = (provider: string | undefined, at: number) => {
    if (provider === undefined) return;
    const id = providerId(provider);
    first.set(id, Math.min(at, first.get(id) ?? at));
  };
  for (const { call, api, origin } of view.modelCalls) {
    add(origin.known === undefined ? OWNER[api] : providerOf(origin), call.from);
  }
  const made = new Set(view.clients.map(({ origin }) => providerId(providerOf(origin) ?? '')));
  for (const { call, origin } of view.clients) add(providerOf(origin), call.from);
  // `openai('…')` of the AI SDK is neither: it makes a model.
  for (const { call, origin } of view.calls) if (origin.known?.api === 'ai-sdk') add(providerOf(origin), call.from);
  return {
    group: view.facts.language,
    providers: [...first].flatMap(([provider, at]) =>
      place([{ rule: 'scattered-sdk', at, found: provider }]).map((finding) => ({
        provider,
        makesClient: made.has(provider),
        finding,
      })),
    ),
    unlessRepeated: place(retries.unlessRepeated),
    repeats: retries.repeats,
    unlessQuietClient: place(retries.unlessQuietClient),
    hasQuietClient: retries.hasQuietClient,
  };
}

/** Undefined for frameworks and gateways, which tie to nobody. */
function providerOf({ known }: KnownCall['origin']): string | undefined {
  return known === undefined || known.isFramework ? undefined : known.provider;
}
