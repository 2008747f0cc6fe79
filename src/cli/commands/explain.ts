import type { AnyCheck } from '../../contract/check.ts';
import { AigateError } from '../../contract/errors.ts';
import { canonicalJson } from '../../contract/json.ts';
import { closest } from '../../manifest/suggestion.ts';
import { renderCheck } from '../../report/check/render-check.ts';
import { renderProfile } from '../../report/recording/render-profile.ts';
import { CHECKS } from '../catalogue.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { profileOf } from '../profile-recording.ts';
import { screenFor } from '../screen-for.ts';

export interface ExplainOptions {
  /** Id of a check to describe. */
  readonly check: string | undefined;
  /** Recording to look into, relative to cwd. */
  readonly recording: string | undefined;
  /** Further attributes to look for. */
  readonly by: readonly string[];
  readonly json: boolean;
  readonly color: boolean | undefined;
}

/**
 * Describes a check, or shows what is understood of a recording; judges nothing. Exits 3 when the recording holds no run.
 * @throws AigateError USAGE, FILE_UNREADABLE, PATH_ESCAPES
 */
export async function explain(io: Io, { check, recording, by, json, color }: ExplainOptions): Promise<ExitCode> {
  const screen = screenFor(io, color);
  if (check !== undefined) {
    io.stdout.write(renderCheck(findCheck(check), screen));
    return EXIT.OK;
  }
  if (recording === undefined) {
    throw new AigateError('USAGE', 'nothing to explain', {
      hint: 'Name a check, such as aigate explain cost/monthly-cost, or a file: aigate explain --recording FILE.',
    });
  }
  const profile = await profileOf(io, recording, by);
  io.stdout.write(json ? `${canonicalJson(profile)}\n` : renderProfile(profile, screen));
  return profile.population.runs > 0 ? EXIT.OK : EXIT.INCONCLUSIVE;
}

function findCheck(id: string): AnyCheck {
  const found = CHECKS.find(({ meta }) => meta.id === id);
  if (found !== undefined) return found;
  const near = closest(
    id,
    CHECKS.map(({ meta }) => meta.id),
  );
  if (near !== undefined) throw new AigateError('USAGE', `no check is called ${id}`, { hint: `did you mean ${near}?` });
  const alike = CHECKS.filter(({ meta }) => meta.id.includes(id) || id.includes(meta.id.split('/')[1] ?? id));
  const names = (alike.length > 0 ? alike : CHECKS).map(({ meta }) => meta.id);
  throw new AigateError('USAGE', `no check is called ${id}`, { hint: `Use one of ${names.join(', ')}.` });
}
