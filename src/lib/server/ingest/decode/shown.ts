// What a sender wrote, short enough for a sentence. Senders write anything, also objects that cannot become text.

const MOST = 40;

export function shown(value: unknown): string {
	return (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, MOST);
}
