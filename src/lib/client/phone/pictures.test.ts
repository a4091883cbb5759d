import { afterEach, expect, test, vi } from 'vitest';
import type { DayPackage } from '#lib/contract/field.ts';
import { keepPictures } from './pictures.ts';
import type { FieldStore } from './store.ts';

afterEach(() => vi.unstubAllGlobals());

const pack = (...photos: string[]) =>
	({
		days: [{ stops: [{ hazards: [{ photos: photos.slice(1) }], lookBack: [{ photos: photos.slice(0, 1) }, {}] }] }],
	}) as unknown as DayPackage;

test('photos of findings go with the day: fetched once, let go with the day, asked for again after a broken network', async () => {
	const kept = new Map<string, unknown>();
	const store = {
		getAllKeys: async () => [...kept.keys()],
		put: async (_: string, blob: unknown, id: string) => kept.set(id, blob),
		delete: async (_: string, id: string) => kept.delete(id),
	} as unknown as FieldStore;
	const asked: string[] = [];
	vi.stubGlobal('fetch', async (path: string) => {
		asked.push(path.split('/').at(-1)!);
		if (asked.length === 2) throw new TypeError('no network');
		return new Response(path.endsWith('gone') ? null : 'jpg', { status: path.endsWith('gone') ? 404 : 200 });
	});

	await expect(keepPictures(store, pack('then', 'now', 'gone'))).rejects.toThrow('no network');
	expect([...kept.keys()]).toEqual(['now']);
	await keepPictures(store, pack('then', 'now', 'gone'));
	await keepPictures(store, pack('then', 'now', 'gone'));
	expect(asked).toEqual(['now', 'gone', 'gone', 'then']);
	expect(kept.get('gone')).toBeNull();
	await keepPictures(store, pack('then'));
	expect([...kept.keys()]).toEqual(['then']);
});
