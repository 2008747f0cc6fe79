import type { CodeFinding } from '../../contract/inspection.ts';
import type { Language } from './file-languages.ts';
import { foundText } from './found-text.ts';
import { readGatewayConfig } from './languages/gateway-config.ts';
import { readJavaScript } from './languages/javascript.ts';
import { readPython } from './languages/python.ts';
import { type ModuleSummary, SETTINGS, summarize } from './module-summary.ts';
import { viewModule } from './module-view.ts';
import { placeFinder } from './places.ts';
import { answerSightings } from './rules/answers.ts';
import { fixedNameSightings } from './rules/fixed-names.ts';
import { fallbackSightings, sdkSightings } from './rules/inventory.ts';
import { offeredToolSightings } from './rules/offered-tools.ts';
import { providerFeatureSightings } from './rules/provider-features.ts';
import { retrySightings, timeoutSightings } from './rules/resilience.ts';
import type { Sighting } from './rules.ts';
import { isUnreadable, mayTalkToModels } from './worth-parsing.ts';

/** What one file tells. */
export type TextScan =
  /** Code without a word of models: it was read, and has no findings. */
  | { readonly kind: 'silent' }
  /** No settings of a gateway. */
  | { readonly kind: 'unrelated' }
  /** Minified, nested without end or broken, and it mentions models: nothing is known about it. */
  | { readonly kind: 'unreadable' }
  | {
      readonly kind: 'scanned';
      /** By line, column and rule. */
      readonly findings: readonly CodeFinding[];
      /** What only counts next to other modules. */
      readonly summary: ModuleSummary;
    };

/** Looks at the text of one file. Pure, and total: no text makes it throw. */
export function scanText(text: string, path: string, language: Language): TextScan {
  if (language === 'gateway-config') return scanSettings(text, path);
  if (!mayTalkToModels(text)) return { kind: 'silent' };
  if (isUnreadable(text)) return { kind: 'unreadable' };
  const facts = parsed(() => (language === 'python' ? readPython(text) : readJavaScript(text, path)));
  if (facts === undefined) return { kind: 'unreadable' };
  const view = viewModule(facts);
  const retries = retrySightings(view);
  const place = placer(text, path);
  const sightings = [
    ...sdkSightings(view),
    ...fallbackSightings(view),
    ...fixedNameSightings(view),
    ...offeredToolSightings(view),
    ...providerFeatureSightings(view),
    ...timeoutSightings(view),
    ...retries.certain,
    ...answerSightings(view),
  ];
  return { kind: 'scanned', findings: place(sightings), summary: summarize(view, retries, place) };
}

function scanSettings(text: string, path: string): TextScan {
  const reading = readGatewayConfig(text);
  if (reading.kind !== 'gateway') return reading;
  const { sightings, repeats } = reading;
  return { kind: 'scanned', findings: placer(text, path)(sightings), summary: { ...SETTINGS, repeats } };
}

/** The parsers keep their own stack, but build trees by recursion: a text may be too deep for them. */
function parsed<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (cause) {
    if (cause instanceof RangeError) return undefined;
    throw cause;
  }
}

/** Gives sightings their line and column: sorted, one of a rule at a place. */
function placer(text: string, path: string): (sightings: readonly Sighting[]) => CodeFinding[] {
  let find: ReturnType<typeof placeFinder> | undefined;
  return (sightings) => {
    if (sightings.length === 0) return [];
    find ??= placeFinder(text);
    const locate = find;
    const sorted = sightings.toSorted((a, b) => a.at - b.at || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0));
    return sorted
      .filter(({ at, rule }, i) => sorted[i - 1]?.at !== at || sorted[i - 1]?.rule !== rule)
      .map(({ at, rule, found }) => ({ rule, path, ...locate(at), found: foundText(found) }));
  };
}
