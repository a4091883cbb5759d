import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { commitImport } from '#lib/server/commands/commit-import.ts';
import { draftImport, type NewImport } from '#lib/server/commands/draft-import.ts';
import { undoImport } from '#lib/server/commands/undo-import.ts';
import { watchLoop } from '../loop-stall.ts';
import { onBoth } from './both.ts';
import { registerState } from './register-state.ts';

const operator = { operator: true, now: new Date('2026-11-20T02:00:00Z') } as const;

/** A register as large as is taken: every site with a firm of a hundred, on a raster inside the district. */
function register(rows: number): NewImport {
	const lines = ['施工许可证编号,项目名称,施工单位,建筑面积,经度,纬度'];
	for (let n = 0; n < rows; n++) {
		const [lng, lat] = [120.24 + (n % 400) / 10_000, 30.14 + Math.floor(n / 400) / 10_000];
		lines.push(`P-${n},工地 ${n},建设公司 ${n % 100},${1000 + n},${lng.toFixed(4)},${lat.toFixed(4)}`);
	}
	return {
		kind: 'sites',
		fileName: 'large.csv',
		bytes: new TextEncoder().encode(lines.join('\n')),
		district: '330109',
		datum: 'wgs84',
	};
}

/** The most that is taken, in the long form; a tenth of it shows the same stalls. */
const ROWS = process.env.NIGHTLY ? 100_000 : 10_000;

onBoth(`a register of ${ROWS} rows`, (database) => {
	test(
		'comes in, is found unchanged and goes out again without holding up the program for 200 ms',
		{ timeout: 600_000 },
		async () => {
			const db = database().ingest;
			const wish = register(ROWS);
			const loop = watchLoop();

			const draft = await draftImport(db, operator, wish);
			expect(draft.counts).toMatchObject({ rows: ROWS, added: ROWS, bad: 0 });
			const { sourceId } = await commitImport(db, operator, draft.id);
			const { rows } = await sql<{ sites: string; firms: string }>`
			select (select count(*) from site) as sites, (select count(*) from firm) as firms`.execute(db);
			expect(rows[0]).toEqual({ sites: String(ROWS), firms: '100' });
			const again = await draftImport(db, operator, wish);
			expect(again.counts).toMatchObject({ unchanged: ROWS, added: 0, changed: 0 });
			expect(await undoImport(db, operator, sourceId!)).toMatchObject({ removed: ROWS + 100 });

			loop.stop();
			expect(loop.longestMs()).toBeLessThan(200);
		},
	);

	test('of 200,000 rows is refused and changes nothing', async () => {
		const db = database().ingest;
		const before = await registerState(db);
		await expect(draftImport(db, operator, register(200_000))).rejects.toThrow(/more than 100000 rows/);
		expect(await registerState(db)).toEqual(before);
	});
});
