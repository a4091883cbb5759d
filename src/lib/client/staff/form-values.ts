// What people type, as it is kept.

export const orNull = (text: string): string | null => text.trim() || null;

/** `起重、基坑` → two words; separated by a comma of either script, an ideographic comma or a blank. */
export const wordsOf = (text: string): string[] => text.split(/[、，,；;\s]+/).filter(Boolean);
