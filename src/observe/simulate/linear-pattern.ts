import { RE2JS } from 're2js';

/** A search that takes time linear in the text, with what its groups caught. */
export interface LinearPattern {
  readonly groups: number;
  /** The whole match and then each group, empty where the group took no part; undefined when nothing matches. */
  search(text: string): readonly string[] | undefined;
}

/**
 * Compiles a regular expression for RE2: the text comes from a workload, and on V8's engine a pattern such as ^(a+)+$
 * hangs on 40 characters. @returns undefined when it is none, or has look-around or back-references
 */
export function linearPattern(source: string): LinearPattern | undefined {
  try {
    const pattern = RE2JS.compile(RE2JS.translateRegExp(source));
    const groups = pattern.groupCount();
    return { groups, search };

    function search(text: string): readonly string[] | undefined {
      const matcher = pattern.matcher(text);
      if (!matcher.find()) return undefined;
      return Array.from({ length: groups + 1 }, (_, group) => matcher.group(group) ?? '');
    }
  } catch {
    return undefined;
  }
}
