import type { Json } from '../../../src/contract/json.ts';
import { showName } from '../../../src/contract/name-counts.ts';
import type { Found } from '../found-in-definitions.ts';
import type { KnownServer } from '../offered-tools.ts';
import { foreignNames } from './foreign-names.ts';
import { POISON_RULES } from './poison-rules.ts';

/** Every rule that a definition or the instructions of a server meet, each once for a tool. */
export function poisonedTexts(servers: readonly KnownServer[]): Found[] {
  const foreign = foreignNames(servers);
  return servers.flatMap(({ name, server, ref }) => {
    const rules = [...POISON_RULES, foreign.ruleFor(name)];
    const judge = (subject: string, value: Json | undefined): Found[] => {
      const texts = [...textsIn(value)];
      return rules.flatMap(({ find }) => {
        const found = texts.map(find).find((says) => says !== undefined);
        return found === undefined ? [] : [{ text: `${subject} ${found}`, ref }];
      });
    };
    return [
      ...judge(`the instructions of ${showName(name)}`, server.instructions),
      ...server.tools.flatMap((tool) => {
        const subject = `${showName(name)}/${showName(tool.name)}`;
        const shadowed = foreign.owner(name, tool.name);
        const shadows =
          shadowed === undefined ? [] : [{ text: `${subject} has the name of a tool of ${showName(shadowed)}`, ref }];
        return [...shadows, ...judge(subject, tool.definition)];
      }),
    ];
  });
}

/** Every text in a value, names of members too: a model reads all of it. */
function* textsIn(value: Json | undefined): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      if (!Array.isArray(value)) yield key;
      yield* textsIn(member);
    }
  }
}
