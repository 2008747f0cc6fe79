import { hiddenCharacters } from './hidden-characters.ts';

/** Something in the words of a server that is meant for the model and not for whoever reviews it. */
export interface PoisonRule {
  /** What it found, in a sentence after the place; undefined = nothing. */
  find(text: string): string | undefined;
}

/**
 * What only a text says that wants to steer a model. Words that servers use to describe themselves (must, always, important)
 * are left out: they hit one benign tool in twenty. Measured on what was published, see decision 0019.
 */
export const POISON_RULES: readonly PoisonRule[] = [
  {
    find: (text) => {
      const hidden = hiddenCharacters(text);
      return hidden.length === 0 ? undefined : `holds hidden characters (${hidden.slice(0, 5).join(', ')})`;
    },
  },
  matching('holds a comment that pages hide', /<!--/),
  matching(
    'imitates the marks of a conversation',
    /<\/?(?:system|important|instructions?|assistant|secret|hidden|critical)\b[^<>]{0,40}>|\[\/?INST\]|<\|im_(?:start|end)\|>|<<\/?SYS>>/i,
  ),
  matching(
    'tells the model to pass over what it was told',
    /\b(?:ignore|disregard|forget|override)\b[^.\n]{0,40}\b(?:previous|prior|above|earlier|preceding|other|system)\b[^.\n]{0,20}\b(?:instructions?|prompts?|rules?|messages?|guidelines?)\b/i,
  ),
  matching(
    'tells the model to keep something from people',
    /\b(?:do not|don't|never|without)\s+(?:ever\s+)?(?:tell|telling|mention|mentioning|inform|informing|notify|notifying|reveal|revealing)\b[^.\n]{0,40}\b(?:users?|humans?|anyone|anybody|people|them|operators?)\b/i,
  ),
  matching(
    'tells the model how to use other tools',
    /\b(?:before|prior to|after|when|whenever|every time)\b[^.\n]{0,30}\b(?:us(?:e|ing)|call(?:ing|ed)?|invok(?:e|ing))\b[^.\n]{0,12}\b(?:any|every|each|all|another|other)\b[^.\n]{0,12}\btools?\b/i,
  ),
  matching(
    'asks for a file of secrets',
    /(?:~|\bhome\/\w+)\/\.(?:ssh|aws|kube|gnupg|netrc)\b|\bid_(?:rsa|ed25519)\b|\.cursor\/mcp\.json|\/etc\/shadow\b/i,
  ),
];

function matching(says: string, pattern: RegExp): PoisonRule {
  return { find: (text) => (pattern.test(text) ? says : undefined) };
}
