// T11: the second wall of the live picture and of live events. The first one is left out here altogether, as if it had
// been forgotten: on a server nothing of another area may get into picture or events all the same.

import { beforeAll, afterAll, expect, test, vi } from 'vitest';
import type { EventMessage } from '#lib/contract/events.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import { Places } from '#lib/server/live/places.ts';
import { toldIn } from '#lib/server/sockets/rooms.ts';
import { aRegister } from '../builders.ts';
import { AtWork } from '../flow/at-work.ts';
import { onBoth } from './both.ts';

vi.mock('#lib/domain/access/scope.ts', async (original) => ({ ...(await original<object>()), reaches: () => true }));

const town = (code: string): Scope => ({ kind: 'areas', areas: [code], layers: ['public', 'supervision'] });

onBoth('the second wall of the live picture', (database) => {
	let work: AtWork;
	const scope = town('330109001');
	const namesIn = (numbers: Iterable<number>) => {
		const wanted = new Set(numbers);
		return new Set(work.live.state.objects.filter(({ no }) => wanted.has(no)).map(({ siteName }) => siteName));
	};
	const shown = async (of: Scope = scope) => {
		await work.live.wall?.ask(of);
		return namesIn(work.live.cut(of).no);
	};

	beforeAll(async () => {
		await aRegister(database().ingest)
			.withTown('330109001', '城厢街道', [120.25, 30.15])
			.withTown('330109002', '北干街道', [120.28, 30.18])
			.withSite({ name: '湘湖里', town: '330109001', at: [120.25, 30.15] })
			.withSite({ name: '金城花园', town: '330109002', at: [120.28, 30.18] })
			.withCrane({ site: '湘湖里', record: 'A', device: 'TC-1' })
			.withCrane({ site: '金城花园', record: 'B', device: 'TC-2' })
			.withPit({ site: '湘湖里', name: '一号坑', points: ['CX-1'] })
			.withPit({ site: '金城花园', name: '二号坑', points: ['CX-2'] })
			.build();
		work = await AtWork.start(database(), '2026-11-20T08:00:00Z');
	});
	afterAll(() => work.close());

	test('stands on a server only, and says so', () => {
		expect(work.live.wall !== undefined).toBe(database().tier === 'server');
	});

	test('shows a town its own sites, machines, pits and points, all of them and no others', async () => {
		if (!work.live.wall) return expect(database().tier).toBe('embedded');
		expect(await shown()).toEqual(new Set(['湘湖里']));
		expect(work.live.cut(scope).count).toBe(4);
		expect(await shown(town('330109002'))).toEqual(new Set(['金城花园']));
		expect(await shown(town('330109'))).toEqual(new Set(['湘湖里', '金城花园']));
	});

	test('shows nothing before the database was asked', () => {
		if (!work.live.wall) return expect(database().tier).toBe('embedded');
		expect(work.live.cut(town('330109003')).count).toBe(0);
	});

	test('lets no event of another site through', async () => {
		if (!work.live.wall) return expect(database().tier).toBe('embedded');
		await work.live.wall.ask(scope);
		const room = { name: 'r', scope, isToldNames: true, cursor: 0 };
		const places = new Places(work.live.state, work.live.wall);
		const events = work.live.state.objects
			.filter(({ kind }) => kind === 'site')
			.map(({ id, name }, seq): EventMessage => {
				const subject = { kind: 'site', id: name, siteId: id };
				return { seq, at: '2026-11-20T08:00:00Z', type: 'alarm:raised', subject, data: {} };
			});
		expect(events).toHaveLength(2);
		expect(toldIn(room, events, places).map(({ subject }) => subject.id)).toEqual(['湘湖里']);
	});

	test('a new site is seen once the register was read again, and its events are not lost meanwhile', async () => {
		await shown();
		await aRegister(database().ingest)
			.withSite({ name: '新工地', town: '330109001', at: [120.26, 30.16] })
			.build();
		await work.live.registerChanged();
		const { id } = work.live.state.objects.find(({ name }) => name === '新工地')!;
		const places = new Places(work.live.state, work.live.wall);
		expect(places.letsEvent(scope, id)).toBe(true);
		expect((await shown()).has('新工地')).toBe(true);
		expect(places.letsEvent(scope, id)).toBe(true);
	});
});
