// What a phone keeps while there is no network: the package of the day, what was done, photos, marks of checklists.

import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { DayPackage, FieldItem, FieldOutcome } from '#lib/contract/field.ts';

export interface QueuedItem {
	id: string;
	/** Order in which it was done. */
	no: number;
	item: FieldItem;
	state: 'waiting' | FieldOutcome['state'];
	note: string;
	flags: string[];
}

export interface QueuedPhoto {
	id: string;
	stopId: string | null;
	hazardId: string | null;
	takenAt: string;
	at: [number, number] | null;
	accuracyM: number | null;
	sha256: string;
	blob: Blob;
	state: 'waiting' | 'stored' | 'refused';
	note: string;
}

export interface StopMarks {
	stopId: string;
	/** Line → all right, or not. */
	lines: Record<string, boolean>;
	machines: string[];
}

interface FieldDb extends DBSchema {
	day: { key: 'today'; value: DayPackage };
	queue: { key: string; value: QueuedItem };
	photos: { key: string; value: QueuedPhoto };
	marks: { key: string; value: StopMarks };
	/** Photos of findings of the day; null for one the server does not have any more. */
	pictures: { key: string; value: Blob | null };
}

export type FieldStore = IDBPDatabase<FieldDb>;

export function openStore(): Promise<FieldStore> {
	return openDB<FieldDb>('sitewatch-field', 2, {
		upgrade(db, from) {
			db.createObjectStore('pictures');
			if (from > 0) return;
			db.createObjectStore('day');
			db.createObjectStore('queue', { keyPath: 'id' });
			db.createObjectStore('photos', { keyPath: 'id' });
			db.createObjectStore('marks', { keyPath: 'stopId' });
		},
	});
}
