/** How an answer harms the person who reads it; each has a pack of ready cases of the same name. */
export const HARMS = ['manipulation', 'over-affirmation', 'unsafe-advice', 'missing-disclosure'] as const;
export type Harm = (typeof HARMS)[number];
