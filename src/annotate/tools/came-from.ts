import type { Heard } from './conversation.ts';
import { occursIn } from './said-text.ts';

/** Who said a value: somebody trusted, only strangers, nobody, or it is not recorded. */
export function cameFrom(
  value: string,
  { user, answers }: Heard,
  untrusted: ReadonlySet<string>,
): 'trusted' | 'strangers' | 'nobody' | 'unknown' {
  if (user.some((said) => occursIn(value, said))) return 'trusted';
  let [fromStrangers, isMissing] = [false, false];
  for (const { tool, said, asked } of answers) {
    const isStranger = tool === undefined || untrusted.has(tool);
    if (said === undefined) isMissing ||= isStranger;
    // A tool that says back what it was asked for vouches for nothing.
    else if (occursIn(value, said) && (isStranger || !occursIn(value, asked))) {
      if (!isStranger) return 'trusted';
      fromStrangers = true;
    }
  }
  if (fromStrangers) return 'strangers';
  return isMissing ? 'unknown' : 'nobody';
}
