// One sentence in both languages: Chinese first, English second.

export interface Sentence {
	zh: string;
	en: string;
}

/** Both languages on one line, for a terminal, a log or the message of a fault. */
export function inBoth({ zh, en }: Sentence): string {
	return `${zh} · ${en}`;
}
