// The day on the phone: read from the server when it can be reached, from the phone when not; what is done goes into a
// queue that is sent in its order, each item with its own state.

import type { DayPackage, FieldItem, FieldOutcome } from '#lib/contract/field.ts';
import { ask, sentenceOf } from '../ask.ts';
import { applyQueue } from './apply-queue.ts';
import { keepPictures } from './pictures.ts';
import { openStore, type FieldStore, type QueuedItem, type QueuedPhoto, type StopMarks } from './store.ts';

/** An item without what every item has. */
export type Deed = FieldItem extends infer Item ? (Item extends FieldItem ? Omit<Item, 'id' | 'at'> : never) : never;

const READ_EVERY_MS = 20_000;
/** Items the server takes in one request. */
const AT_ONCE = 50;

export class Field {
	#pack = $state.raw<DayPackage | null>(null);
	queue = $state.raw<readonly QueuedItem[]>([]);
	photos = $state.raw<readonly QueuedPhoto[]>([]);
	isOnline = $state(true);
	isSending = $state(false);
	fault = $state<string | null>(null);
	readonly waiting = $derived(this.queue.filter(({ state }) => state === 'waiting'));
	readonly pack: DayPackage | null = $derived(
		this.#pack &&
			applyQueue(
				this.#pack,
				this.waiting.map(({ item }) => item),
			),
	);
	#store: FieldStore | undefined;
	#sending: Promise<void> | undefined;
	#sendAgain = false;
	#fetching: Promise<unknown> | undefined;
	#no = 0;
	/** How often the server has taken something in. */
	#taken = 0;

	/** @returns stops */
	follow(): () => void {
		void this.#begin();
		const timer = setInterval(() => void this.refresh(), READ_EVERY_MS);
		const online = () => void this.refresh();
		const offline = () => (this.isOnline = false);
		addEventListener('online', online);
		addEventListener('offline', offline);
		return () => {
			clearInterval(timer);
			removeEventListener('online', online);
			removeEventListener('offline', offline);
		};
	}

	/** Sends what waits, then reads the day anew. */
	async refresh(): Promise<void> {
		await this.send();
		try {
			const taken = this.#taken;
			const pack = await ask<DayPackage>('/api/v1/field/today');
			this.isOnline = true;
			this.fault = null;
			// Asked before the server took something in: it would take that back here. Whoever sent it asks again.
			if (taken !== this.#taken) return;
			this.#pack = pack;
			await this.#store?.put('day', pack, 'today');
			this.#keepPictures(pack);
		} catch (error) {
			this.isOnline = navigator.onLine && !(error instanceof Error && error.cause);
			if (this.isOnline) this.fault = error instanceof Error ? error.message : String(error);
		}
	}

	/** Does something now: it counts at once here, and is sent as soon as it can be. */
	async doNow(deed: Deed, id: string = crypto.randomUUID()): Promise<string> {
		const item = { ...deed, id, at: new Date().toISOString() } as FieldItem;
		const queued: QueuedItem = { id, no: ++this.#no, item, state: 'waiting', note: '', flags: [] };
		this.queue = [...this.queue, queued];
		await this.#store?.put('queue', plain(queued));
		void this.refresh();
		return id;
	}

	async addPhoto(photo: Omit<QueuedPhoto, 'state' | 'note'>): Promise<void> {
		const queued: QueuedPhoto = { ...photo, state: 'waiting', note: '' };
		this.photos = [...this.photos, queued];
		await this.#store?.put('photos', { ...queued, at: queued.at ? [...queued.at] : null });
	}

	/** A photo of the day as the phone keeps it; undefined where it was not fetched yet. */
	async pictureOf(id: string): Promise<Blob | null | undefined> {
		return this.#store?.get('pictures', id);
	}

	async marksOf(stopId: string): Promise<StopMarks> {
		return (await this.#store?.get('marks', stopId)) ?? { stopId, lines: {}, machines: [] };
	}

	async keepMarks(marks: StopMarks): Promise<void> {
		await this.#store?.put('marks', plain(marks));
	}

	/** What has been told to the person may go. */
	async dismiss(id: string): Promise<void> {
		this.queue = this.queue.filter((one) => one.id !== id);
		await this.#store?.delete('queue', id);
	}

	/** Photos are fetched beside everything else; what a broken network left out is fetched with the next package. */
	#keepPictures(pack: DayPackage): void {
		if (!this.#store || this.#fetching) return;
		this.#fetching = keepPictures(this.#store, pack)
			.catch(() => undefined)
			.finally(() => (this.#fetching = undefined));
	}

	/** One sending at a time; what is done meanwhile goes straight after it. */
	send(): Promise<void> {
		this.#sendAgain = true;
		return (this.#sending ??= this.#sendAll().finally(() => {
			this.#sending = undefined;
			return this.#sendAgain ? this.send() : undefined;
		}));
	}

	async #sendAll(): Promise<void> {
		this.isSending = true;
		try {
			while (this.#sendAgain) {
				this.#sendAgain = false;
				// What shows a site that is not in the register goes before the report of it; a finding before its photos.
				await this.#sendPhotos((photo) => photo.stopId === null);
				await this.#sendItems();
				await this.#sendPhotos(() => true);
			}
		} catch {
			this.#sendAgain = false;
			this.isOnline = false;
		} finally {
			this.isSending = false;
		}
	}

	async #begin(): Promise<void> {
		this.#store = await openStore();
		this.queue = (await this.#store.getAll('queue')).sort((a, b) => a.no - b.no);
		this.photos = await this.#store.getAll('photos');
		this.#no = Math.max(0, ...this.queue.map(({ no }) => no));
		this.#pack ??= (await this.#store.get('day', 'today')) ?? null;
		await this.refresh();
	}

	async #sendItems(): Promise<void> {
		for (let rest = Infinity; this.waiting.length > 0 && this.waiting.length < rest;) {
			rest = this.waiting.length;
			const items = this.waiting.slice(0, AT_ONCE).map(({ item }) => item);
			const { outcomes } = await ask<{ outcomes: FieldOutcome[] }>('/api/v1/field/items', 'POST', { items });
			for (const outcome of outcomes) await this.#settle(outcome);
		}
	}

	/** What was simply stored is over; the rest stays to be read. */
	async #settle({ id, state, note, flags }: FieldOutcome): Promise<void> {
		if (state !== 'refused') this.#keep(id);
		const isOver = state === 'stored' && note === '' && flags.length === 0;
		if (isOver) return this.dismiss(id);
		this.queue = this.queue.map((one) => (one.id === id ? { ...one, state, note, flags } : one));
		const kept = this.queue.find((one) => one.id === id);
		if (kept) await this.#store?.put('queue', plain(kept));
	}

	/** What the server has taken in stays done until a newer package says so, also where none can be read. */
	#keep(id: string): void {
		const done = this.queue.find((one) => one.id === id);
		if (!done || !this.#pack) return;
		this.#taken++;
		this.#pack = applyQueue(this.#pack, [done.item]);
		void this.#store?.put('day', plain(this.#pack), 'today');
	}

	async #sendPhotos(which: (photo: QueuedPhoto) => boolean): Promise<void> {
		for (const photo of this.photos.filter((one) => one.state === 'waiting' && which(one))) {
			const query = new URLSearchParams({ id: photo.id, taken: photo.takenAt, sha256: photo.sha256 });
			if (photo.stopId) query.set('stop', photo.stopId);
			if (photo.hazardId) query.set('hazard', photo.hazardId);
			if (photo.at) {
				query.set('lng', String(photo.at[0]));
				query.set('lat', String(photo.at[1]));
			}
			if (photo.accuracyM !== null) query.set('accuracy', String(photo.accuracyM));
			const response = await fetch(`/api/v1/field/photos?${query}`, {
				method: 'POST',
				headers: { 'content-type': 'application/octet-stream' },
				body: photo.blob,
			});
			if (response.ok) {
				this.photos = this.photos.filter(({ id }) => id !== photo.id);
				await this.#store?.delete('photos', photo.id);
			} else if (response.status < 500) {
				const note = sentenceOf(await response.json().catch(() => null), response.status);
				this.photos = this.photos.map((one) =>
					one.id === photo.id ? { ...one, state: 'refused' as const, note } : one,
				);
			}
		}
	}
}

/** IndexedDB keeps no proxies. */
function plain<T>(value: T): T {
	return JSON.parse(JSON.stringify(value)) as T;
}
