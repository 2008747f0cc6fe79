/** Finds one kind of secret or personal datum in a text. */
export interface RedactionRule {
  readonly kind: string;
  /** Global. Must be linear on any input: no two ways to match the same characters. */
  readonly find: RegExp;
  /** Length of what is sensitive from the start of the match, 0 = nothing; without it the whole match is. */
  readonly measure?: (text: string, at: number) => number;
}

/** Cheap tests of which one holds for every text in which a rule can match; two are faster than one with all. */
export const MAY_BE_SENSITIVE: readonly RegExp[] = [
  /@|sk-|glpat-|hf_|gsk_|xai-|pplx-|r8_|k_live_|npm_|AIza|A[KS]IA|gh[pousr]_|github_pat_|xox|eyJ|-----BEGIN|[Bb][Ee][Aa][Rr][Ee][Rr]|\+[1-9]/,
  /\d{3}-\d{2}-\d{4}|\d(?:[ -]?\d){12}|(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]){11}/,
];

/** Applied in this order: what encloses comes before what it may contain. */
export const REDACTION_RULES: readonly RedactionRule[] = [
  // The body ends at the first "--": a key that was cut off is found too, and no two keys share characters.
  {
    kind: 'private-key',
    find: /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY-----(?:[^-]|-(?!-))*(?:-----END (?:[A-Z0-9]+ ){0,3}PRIVATE KEY-----)?/g,
  },
  { kind: 'bearer', find: /(?<![A-Za-z0-9])bearer[ \t]+[A-Za-z0-9._~+/-]{12,}=*/gi },
  { kind: 'jwt', find: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{5,}\.eyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]*/g },
  { kind: 'api-key', find: /(?<![A-Za-z0-9])sk-[A-Za-z0-9_-]{20,}/g },
  { kind: 'api-key', find: /(?<![A-Za-z0-9])AIza[A-Za-z0-9_-]{35,}/g },
  {
    kind: 'api-key',
    find: /(?<![A-Za-z0-9])(?:glpat-[A-Za-z0-9_-]{20,}|hf_[A-Za-z0-9]{30,}|(?:gsk_|xai-|pplx-|r8_)[A-Za-z0-9]{36,}|[rs]k_live_[A-Za-z0-9]{20,}|npm_[A-Za-z0-9]{36,})/g,
  },
  { kind: 'aws-key', find: /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/g },
  { kind: 'github-token', find: /(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})/g },
  { kind: 'slack-token', find: /(?<![A-Za-z0-9])xox[abeoprs]-[A-Za-z0-9-]{10,}/g },
  {
    kind: 'email',
    // Letters of one kind of script: languages that are written without spaces stand right beside an address.
    find: /(?:(?<=(?<![A-Za-z0-9\u00c0-\u02af\u0370-\u1fff._%+-])_{0,3})[A-Za-z0-9\u00c0-\u02af\u0370-\u1fff.%+-][A-Za-z0-9\u00c0-\u02af\u0370-\u1fff._%+-]*|(?<![\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af])[\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af]+)@(?:[A-Za-z0-9\u00c0-\u02af\u0370-\u1fff-]+|[\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af]+)(?:\.(?:[A-Za-z0-9\u00c0-\u02af\u0370-\u1fff-]+|[\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af]+))*\.(?:[A-Za-z\u00c0-\u02af\u0370-\u1fff]{2,}|[\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,})/g,
  },
  { kind: 'iban', find: /(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?=[ -]?[A-Za-z0-9])/g, measure: ibanLength },
  { kind: 'card', find: /(?<!\d)[2-6]\d(?=[ -]?\d)/g, measure: cardLength },
  { kind: 'ssn', find: /(?<![\d-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])/g },
  { kind: 'phone', find: /(?<![A-Za-z0-9+])\+[1-9](?:[ .()/-]{0,2}\d){7,14}(?!\d)/g },
];

/** Country → length of its IBANs. Source: SWIFT IBAN registry, release 99 (2024-12). */
const IBAN_LENGTHS = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ' +
    'ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 ' +
    'LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 ' +
    'PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** ISO 13616: the country's length, groups separated by at most one space or hyphen, in any case, check digits by MOD 97. */
function ibanLength(text: string, at: number): number {
  const wanted = IBAN_LENGTHS.get(text.slice(at, at + 2).toUpperCase());
  if (wanted === undefined) return 0;
  const { compact, end } = collect(text, at, { wanted, allowed: /[A-Za-z0-9]/, separators: ' -' });
  if (compact.length < wanted || /[A-Za-z0-9]/.test(text.charAt(end))) return 0;
  let rest = 0;
  for (const character of compact.slice(4) + compact.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1 ? end - at : 0;
}

const LONGEST_CARD = 19;
const SHORTEST_CARD = 13;

/** ISO/IEC 7812: 13–19 digits that satisfy the Luhn formula and end at the end of a group; the longest such. */
function cardLength(text: string, at: number): number {
  for (let wanted = LONGEST_CARD; wanted >= SHORTEST_CARD; wanted--) {
    const { compact, end } = collect(text, at, { wanted, allowed: /\d/, separators: ' -' });
    if (compact.length === wanted && !/\d/.test(text.charAt(end)) && isLuhn(compact)) return end - at;
  }
  return 0;
}

function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits.charAt(digits.length - 1 - i));
    const weighted = i % 2 === 1 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0;
}

/** Up to `wanted` characters from `at`, single separators left out. */
function collect(
  text: string,
  at: number,
  { wanted, allowed, separators }: { wanted: number; allowed: RegExp; separators: string },
): { compact: string; end: number } {
  let compact = '';
  let end = at;
  while (compact.length < wanted) {
    const skip = separators.includes(text.charAt(end)) && compact !== '' ? 1 : 0;
    const character = text.charAt(end + skip);
    if (character === '' || !allowed.test(character)) break;
    compact += character;
    end += skip + 1;
  }
  return { compact, end };
}
