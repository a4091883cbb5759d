// Other departments that come along on a joint visit (综合查一次). Kept as keys: the page has the words.

export const DEPARTMENTS = ['urban', 'ecology', 'labour', 'fire', 'traffic'] as const;
export type Department = (typeof DEPARTMENTS)[number];
