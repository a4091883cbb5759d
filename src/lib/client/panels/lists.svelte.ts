// Which list is open and how narrowed, kept in the address as `list=machines.offline` so that a link shows the same.

import type { Presence } from '#lib/domain/known.ts';

export const LIST_KEYS = ['sites', 'machines', 'pits', 'alarms'] as const;
export type ListKey = (typeof LIST_KEYS)[number];

const PRESENCES: readonly Presence[] = ['fresh', 'late', 'offline', 'never-reported'];

export interface ListChoice {
	key: ListKey;
	/** Machines by how they report; null lets all through. */
	presence: Presence | null;
	/** Column to sort by, with the largest first; null keeps the list's own order. */
	worstBy: string | null;
}

export class Lists {
	open = $state.raw<ListChoice | null>(null);
	#write: (value: string | null) => void;

	/** @param write - puts the choice into the address; null takes it out */
	constructor(initial: string | null, write: (value: string | null) => void) {
		this.open = parseChoice(initial);
		this.#write = write;
	}

	show(key: ListKey, narrowed: Partial<Omit<ListChoice, 'key'>> = {}): void {
		this.open = { key, presence: null, worstBy: null, ...narrowed };
		this.#write(formatChoice(this.open));
	}

	fold(): void {
		this.open = null;
		this.#write(null);
	}

	toggle(): void {
		if (this.open) this.fold();
		else this.show('sites');
	}
}

export function parseChoice(text: string | null): ListChoice | null {
	const [name, narrowed] = (text ?? '').split('.');
	const key = LIST_KEYS.find((known) => known === name);
	if (!key) return null;
	return { key, presence: PRESENCES.find((known) => known === narrowed) ?? null, worstBy: null };
}

export function formatChoice({ key, presence }: ListChoice): string {
	return presence ? `${key}.${presence}` : key;
}
