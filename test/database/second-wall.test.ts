// T11: row-level security as the second wall. The questions here carry no condition on the area at all, as if a
// repository had forgotten it: on a server the database itself must not show what lies outside.

import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { SYSTEM, type Scope } from '#lib/domain/access/scope.ts';
import { hazardFeatures } from '#lib/server/repositories/hazard-list.ts';
import { WHOLE } from '#lib/server/db/list-filter.ts';
import { readBoard } from '#lib/server/board/read-board.ts';
import { transaction } from '#lib/server/db/transaction.ts';
import { appendEvents, replayAfter } from '#lib/server/events/log.ts';
import { alarmsInScope } from '#lib/server/repositories/alarm.ts';
import { siteFeatures } from '#lib/server/repositories/site-list.ts';
import type { Db } from '#lib/server/db/connection.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from './both.ts';

const to = (areas: string[], siteIds?: string[]): Scope => ({
	kind: 'areas',
	areas,
	layers: ['public', 'supervision'],
	...(siteIds && { siteIds }),
});

onBoth('the second wall', (database) => {
	const names = async (db: Db) =>
		(await db.selectFrom('site').select('name').orderBy('name').execute()).map(({ name }) => name);
	let own: string;

	beforeAll(async () => {
		await aRegister(database().ingest)
			.withTown('330109001', '城厢街道', [120.25, 30.15])
			.withTown('330109002', '北干街道', [120.28, 30.18])
			.withSite({ name: '湘湖里', town: '330109001', at: [120.25, 30.15] })
			.withSite({ name: '金城花园', town: '330109002', at: [120.28, 30.18] })
			.withCrane({ site: '湘湖里', record: 'A', device: 'TC-1' })
			.withCrane({ site: '金城花园', record: 'B', device: 'TC-2' })
			.withHazard({ site: '湘湖里', foundAt: '2026-11-01T02:00:00Z' })
			.withHazard({ site: '金城花园', foundAt: '2026-11-01T02:00:00Z' })
			.build();
		const sites = await database().read.selectFrom('site').select(['id', 'name', 'town_code']).execute();
		own = sites.find(({ name }) => name === '湘湖里')!.id;
		const at = new Date('2026-11-20T08:00:00Z');
		for (const { id, name, town_code } of sites) {
			const device_id = name === '湘湖里' ? 'TC-1' : 'TC-2';
			await database()
				.ingest.insertInto('alarm')
				.values({
					...{ id: randomUUID(), device_id, condition: 'moment', site_id: id, level: 'danger', value: 120, peak: 120 },
					...{ limit_value: 100, unit: '%', rule_key: 'towerCrane.moment', spoke_at: at, raised_at: at, last_at: at },
				})
				.execute();
			const subject = { kind: 'site', id, siteId: id, townCode: town_code! };
			await transaction(database().ingest, (tx) =>
				appendEvents(tx, [{ at, type: 'register:changed', subject, data: {} }]),
			);
		}
	});

	test('what a repository asks with its condition is the same behind it', async () => {
		const scope = to(['330109001']);
		for (const ask of [siteFeatures, hazardFeatures] as const) {
			const first = await ask(database().read, scope, WHOLE);
			expect(first).toHaveLength(1);
			expect(await ask(database().scoped(scope), scope, WHOLE)).toEqual(first);
		}
		expect(database().scoped(SYSTEM)).toBe(database().read);
	});

	test('says honestly whether it stands: on a server, not on the embedded engine', () => {
		expect(database().hasSecondWall).toBe(database().tier === 'server');
	});

	test('board, alarms and events are the same behind it', async () => {
		const scope = to(['330109001']);
		const { read } = database();
		const on = new Date('2026-11-20');
		const board = (db: Db) =>
			readBoard(db, scope, { code: '330109', name: '', nameEn: '' }, { version: '1', isDemo: false }, on);
		expect(await board(database().scoped(scope))).toEqual(await board(read));
		const alarms = (db: Db) => alarmsInScope(db, scope, { after: 0, limit: 10 });
		expect(await alarms(read)).toMatchObject([{ deviceId: 'TC-1' }]);
		expect(await alarms(database().scoped(scope))).toEqual(await alarms(read));
		const events = await replayAfter(read, 0, 10, scope, database().scoped(scope));
		expect(events).toMatchObject({ ok: true, events: [{ subject: { townCode: '330109001' } }], next: 2 });
		expect(events).toEqual(await replayAfter(read, 0, 10, scope));
	});

	describe('without the condition of the repository', () => {
		test('a town sees its own sites, machines and hazards, and nothing else', async () => {
			if (!database().hasSecondWall) return expect(database().tier).toBe('embedded');
			const db = database().scoped(to(['330109001']));
			expect(await names(db)).toEqual(['湘湖里']);
			for (const table of ['installation', 'hazard', 'alarm', 'event_log'] as const)
				expect(await db.selectFrom(table).select('site_id').execute()).toEqual([{ site_id: own }]);
			expect(await names(database().scoped(to(['330109'])))).toEqual(['湘湖里', '金城花园']);
		});

		test('a key of one site sees that site only; no area sees nothing; nonsense opens nothing', async () => {
			if (!database().hasSecondWall) return expect(database().tier).toBe('embedded');
			expect(await names(database().scoped(to(['330109'], [own])))).toEqual(['湘湖里']);
			expect(await names(database().scoped(to(['330109002'], [own])))).toEqual([]);
			for (const areas of [[], ['%'], ["330109'; set role postgres; --"], ['']])
				expect(await names(database().scoped(to(areas)))).toEqual([]);
		});

		test('nothing of one scope stays on the connection for the next', async () => {
			if (!database().hasSecondWall) return expect(database().tier).toBe('embedded');
			await Promise.all(Array.from({ length: 30 }, (_, i) => names(database().scoped(to([`33010900${(i % 2) + 1}`])))));
			expect(await names(database().read)).toEqual(['湘湖里', '金城花园']);
		});

		test('the role reads and does nothing else: no change, no table, no other role', async () => {
			if (!database().hasSecondWall) return expect(database().tier).toBe('embedded');
			const db = database().scoped(to(['330109']));
			await expect(db.updateTable('site').set({ name: 'x' }).execute()).rejects.toThrow();
			await expect(sql`create table own (id int)`.execute(db)).rejects.toThrow();
			await expect(sql`insert into audit default values`.execute(db)).rejects.toThrow();
		});

		test('the role reads no credentials', async () => {
			if (!database().hasSecondWall) return expect(database().tier).toBe('embedded');
			const db = database().scoped(to(['330109']));
			for (const table of ['session', 'api_token', 'totp', 'passkey', 'sign_in_link', 'server_key', 'wall'] as const)
				await expect(db.selectFrom(table).selectAll().execute()).rejects.toThrow(/permission denied/);
			await expect(db.selectFrom('person').select('password_hash').execute()).rejects.toThrow(/permission denied/);
		});
	});
});
