import { invalidConfig } from './invalid-config.ts';

/**
 * Compiles patterns for RE2, which takes time linear in the text: the text comes from a model, and on V8's engine a
 * pattern such as ^(a+)+$ lets 40 characters hang the gate. Look-around and back-references do not exist in it.
 * @throws AigateError CONFIG_INVALID, by what is returned, for a pattern that does not compile
 */
export async function linearPatterns(): Promise<(source: string) => (text: string) => boolean> {
  const { RE2JS } = await import('re2js');
  return (source) => {
    try {
      const pattern = RE2JS.compile(RE2JS.translateRegExp(source));
      return (text) => pattern.matcher(text).find();
    } catch (cause) {
      throw invalidConfig(`${source} is not a regular expression without look-around and back-references`, cause);
    }
  };
}
