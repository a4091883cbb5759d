// Terrain models are kept as they came, once, and only by who may.

import { randomUUID } from 'node:crypto';
import { writeArrayBuffer } from 'geotiff';
import { expect, test } from 'vitest';
import type { Person } from '#lib/domain/access/principal.ts';
import { removeTerrain, takeTerrain } from '#lib/server/commands/take-terrain.ts';
import { groundOf, terrains } from '#lib/server/repositories/terrain.ts';
import { onBoth } from './both.ts';

const person = (role: 'analyst' | 'dutyOfficer') => {
	const principal: Person = {
		...{ kind: 'person', id: randomUUID(), name: '何敏', isDemo: false },
		grants: [{ role, area: '330109', layers: ['public', 'supervision'] }],
	};
	return { principal, address: null, now: new Date('2026-07-10T08:00:00+08:00') };
};

async function aTiff(): Promise<Uint8Array> {
	const values = Float32Array.from({ length: 30 * 20 }, (_, i) => (i === 0 ? -9999 : 5 + (i % 30) / 4));
	const tiff: unknown = writeArrayBuffer(values, {
		...{ width: 30, height: 20, GDAL_NODATA: '-9999', GTRasterTypeGeoKey: 1, GTModelTypeGeoKey: 2 },
		...{ GeographicTypeGeoKey: 4326, ModelPixelScale: [0.001, 0.001, 0], ModelTiepoint: [0, 0, 0, 120.2, 30.2, 0] },
	});
	return new Uint8Array((await tiff) as ArrayBuffer);
}

onBoth('terrain models', (database) => {
	test('are kept with datum, place and heights, and the same file only once', async () => {
		const db = database().ingest;
		const bytes = await aTiff();
		const entry = { name: '城厢 DEM', datum: '1985' } as const;
		expect(await takeTerrain(db, person('dutyOfficer'), bytes, entry)).toEqual({ ok: false, reason: 'forbidden' });
		const taken = await takeTerrain(db, person('analyst'), bytes, entry);
		expect(await takeTerrain(db, person('analyst'), bytes, entry)).toEqual({ ok: false, reason: 'known-file' });

		const [view] = await terrains(db);
		expect(view).toMatchObject({
			name: '城厢 DEM',
			datum: '1985',
			crs: 4326,
			takenBy: expect.stringMatching(/^person:/) as string,
			lowestM: 5,
		});
		const ground = await groundOf(db, view!.id);
		const heights = new Float32Array(ground!.buffer);
		expect(heights).toHaveLength(view!.width * view!.height);
		expect(heights[0]).toBeNaN();
		expect(heights[view!.width - 1]).toBeCloseTo(12.25, 1);

		expect(taken).toEqual({ ok: true, id: view!.id });
		expect(await removeTerrain(db, person('dutyOfficer'), view!.id)).toEqual({ ok: false, reason: 'forbidden' });
		expect(await removeTerrain(db, person('analyst'), view!.id)).toEqual({ ok: true });
		expect(await terrains(db)).toEqual([]);
	});
});
