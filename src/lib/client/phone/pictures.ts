// Photos of findings go with the day: fetched while there is a network, so that they can be looked at without one.

import type { DayPackage } from '#lib/contract/field.ts';
import type { FieldStore } from './store.ts';

export const photoPath = (id: string) => `/api/v1/field/photos/${id}`;

/** Every photo that a screen of the day shows. */
export function photosOf({ days }: Pick<DayPackage, 'days'>): Set<string> {
	const findings = days
		.flatMap(({ stops }) => stops)
		.flatMap(({ hazards, lookBack }) => [...hazards, ...(lookBack ?? [])]);
	return new Set(findings.flatMap(({ photos }) => photos ?? []));
}

/** Fetches what is missing and lets go of what no day needs any more. Stops where the network does. */
export async function keepPictures(store: FieldStore, pack: DayPackage): Promise<void> {
	const wanted = photosOf(pack);
	const kept = new Set(await store.getAllKeys('pictures'));
	for (const id of kept) if (!wanted.has(id)) await store.delete('pictures', id);
	for (const id of wanted) {
		if (kept.has(id)) continue;
		const response = await fetch(photoPath(id));
		if (response.ok) await store.put('pictures', await response.blob(), id);
		else if (response.status === 404) await store.put('pictures', null, id);
	}
}
