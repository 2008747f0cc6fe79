/** The last word of the name of an argument that says where something goes. */
const PLACES: ReadonlySet<string> = new Set([
  ...['recipient', 'address', 'email', 'mail', 'destination', 'payee', 'beneficiary', 'iban', 'wallet', 'webhook'],
  ...['url', 'uri', 'endpoint', 'host', 'domain', 'phone', 'channel', 'attendee', 'invitee', 'guest', 'participant'],
  ...['receiver', 'callback', 'mobile', 'collaborator'],
]);
const WHOLE_NAMES: ReadonlySet<string> = new Set(['to', 'cc', 'bcc', 'account']);
/** Behind the name of a place it is still one: `account_number`, `channel_id`. */
const OF_PLACES: ReadonlySet<string> = new Set(['number', 'no', 'nr', 'id']);
/** What is sent when the name goes on with `to` or `with`: `forward_to`, `share_with`. */
const SENDING: ReadonlySet<string> = new Set([
  'forward',
  'reply',
  'send',
  'share',
  'mail',
  'email',
  'deliver',
  'ship',
  'pay',
]);

/** Whether an argument of this name says where something goes: `to`, `recipientEmails`, `account_number`. */
export function isDestination(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const [last = '', beforeLast] = words.toReversed();
  if (words.length === 1 && WHOLE_NAMES.has(last)) return true;
  if (beforeLast !== undefined && last === 'account') return true;
  if (beforeLast !== undefined && (last === 'to' || last === 'with') && SENDING.has(beforeLast)) return true;
  if (OF_PLACES.has(last) && (beforeLast === 'account' || PLACES.has(beforeLast ?? ''))) return true;
  return PLACES.has(last) || PLACES.has(singular(last));
}

function singular(word: string): string {
  if (word === 'beneficiaries') return 'beneficiary';
  return word.replace(/(?<=s)es$|(?<!s)s$/, '');
}

/** A redacted value, an address of mail, and a host behind a scheme. */
const ADDRESSES =
  /\[(?:email|iban|card|phone):[0-9a-f]{2,8}\]|[^\s@,;<>()[\]"']+@[^\s@,;<>()[\]"']+|(?<=https?:\/\/(?:[^\s/@]*@)?)[^\s/:?#@]+/gi;

/** What of a value decides where it goes: each address in it, of a URL the host; the value itself where there is none. */
export function addressesIn(value: string): readonly string[] {
  const found = value.match(ADDRESSES) ?? [];
  return found.length === 0 ? [value] : found;
}
