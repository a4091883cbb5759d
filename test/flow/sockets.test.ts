import { io as connect, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ClientToServer, EventMessage, Pulse, ServerToClient } from '#lib/contract/events.ts';
import type { Person } from '#lib/domain/access/principal.ts';
import { levelOfCode } from '#lib/domain/level.ts';
import { decodeDelta } from '#lib/domain/picture/delta.ts';
import { decodePicture } from '#lib/domain/picture/decode.ts';
import { answerMove } from '#lib/server/alarms/answer-move.ts';
import { noteAlarmsSeen } from '#lib/server/commands/note-alarms-seen.ts';
import { trimEvents } from '#lib/server/events/log.ts';
import type { Hub } from '#lib/server/sockets/hub.ts';
import type { Io } from '#lib/server/sockets/io.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from '../database/both.ts';
import { AtWork } from './at-work.ts';
import { hubOver, openSocketDoor } from './hub-at-work.ts';

const person = (id: string, area: string, role: Person['grants'][number]['role'] = 'dutyOfficer'): Person => ({
	...{ kind: 'person', id, name: id, isDemo: false },
	grants: [{ role, area, layers: ['public', 'supervision'] }],
});
const PEOPLE = new Map(
	[person('duty', '330109'), person('town', '330109001'), person('leader', '330109', 'leader')].map((p) => [p.id, p]),
);

/** A browser that keeps what it was sent. */
class Browser {
	readonly socket: Socket<ServerToClient, ClientToServer>;
	readonly events: EventMessage[] = [];
	readonly pictures: ReturnType<typeof decodePicture>[] = [];
	readonly states: ReturnType<typeof decodeDelta>[] = [];
	readonly pulses: Pulse[] = [];
	ended: string | undefined;

	constructor(url: string, who: string, cursor?: number) {
		const auth = cursor === undefined ? {} : { cursor };
		this.socket = connect(url, {
			transports: ['websocket'],
			forceNew: true,
			reconnection: false,
			auth,
			extraHeaders: { 'x-who': who },
		});
		this.socket.on('events', (events) => this.events.push(...events));
		this.socket.on('picture', (bytes) => this.pictures.push(decodePicture(new Uint8Array(bytes))));
		this.socket.on('state', (bytes) => this.states.push(decodeDelta(new Uint8Array(bytes))));
		this.socket.on('pulse', (pulse) => this.pulses.push(pulse));
		this.socket.on('session:ended', (reason) => (this.ended = reason));
	}
}
const soon = <T>(check: () => T) => vi.waitFor(check, { timeout: 8000, interval: 20 });

onBoth('browsers', (database) => {
	let work: AtWork;
	let io: Io;
	let hub: Hub;
	let url: string;
	let day = Date.parse('2026-11-20T08:00:00Z');
	const open: Browser[] = [];
	const sessions = new Map([...PEOPLE.keys()].map((id) => [id, true]));

	const browser = (who: string, cursor?: number) => {
		const opened = new Browser(url, who, cursor);
		open.push(opened);
		return opened;
	};
	const visitor = (who: unknown) => {
		const principal = PEOPLE.get(String(who));
		return principal && sessions.get(principal.id) ? { sessionId: `s-${principal.id}`, principal } : undefined;
	};

	beforeAll(async () => {
		await aRegister(database().ingest)
			.withTown('330109001', '城厢街道', [120.27, 30.17])
			.withTown('330109002', '北干街道', [120.3, 30.2])
			.withSite({ name: '一号工地', town: '330109001', at: [120.27, 30.17] })
			.withSite({ name: '二号工地', town: '330109002', at: [120.3, 30.2] })
			.withCrane({ site: '一号工地', record: 'A', device: 'TC-1' })
			.withCrane({ site: '二号工地', record: 'B', device: 'TC-2' })
			.build();
		({ io, url } = await openSocketDoor());
	});
	afterAll(async () => {
		await io.close();
	});
	beforeEach(async () => {
		work = await AtWork.start(database(), new Date((day += 86_400_000)).toISOString());
		hub = hubOver(io, database(), work, {
			visitorOf: (socket) => visitor(socket.request.headers['x-who']),
			recheck: async (socket) => visitor(socket.request.headers['x-who']) ?? null,
			move: ({ principal }, request) =>
				answerMove(database().alarm, work.live, { principal, address: null, now: work.now }, request),
			seen: ({ principal }, ids, agent) => noteAlarmsSeen(database().alarm, principal, ids, agent, work.now),
		});
	});
	afterEach(async () => {
		for (const { socket } of open.splice(0)) socket.disconnect();
		hub.close();
		await work.close();
		expect(work.faults).toEqual([]);
	});

	const overload = async (device = 'TC-1') => {
		await work.keepSending(device, { momentPercent: 104 }, 3);
		await work.live.outbox.drained();
	};
	const calm = async (device = 'TC-1') => {
		await work.keepSending(device, { momentPercent: 20 }, 9);
		await work.live.outbox.drained();
	};

	test('without a cursor get the whole picture, then every event once and in order', async () => {
		const duty = browser('duty');
		await soon(() => expect(duty.pictures).toHaveLength(1));
		expect(duty.pictures[0]).toMatchObject({ count: 4, cursor: work.live.feed.cursor });
		await overload();
		await calm();
		await soon(() => expect(duty.events.at(-1)?.seq).toBe(work.live.feed.cursor));
		const seqs = duty.events.map(({ seq }) => seq);
		expect(seqs).toEqual(Array.from(seqs, (_, i) => duty.pictures[0]!.cursor + 1 + i));
		expect(duty.events.map(({ type }) => type).filter((type) => type.startsWith('alarm'))).toEqual([
			'alarm:raised',
			'alarm:cleared',
		]);
	});

	test('F-29 that were away miss nothing and get nothing twice', async () => {
		const first = browser('duty');
		await soon(() => expect(first.pictures).toHaveLength(1));
		await overload();
		await soon(() => expect(first.events.at(-1)?.seq).toBe(work.live.feed.cursor));
		first.socket.disconnect();
		const cursor = first.events.at(-1)!.seq;
		await calm();
		const again = browser('duty', cursor);
		await soon(() => expect(again.events.at(-1)?.seq).toBe(work.live.feed.cursor));
		await overload();
		await soon(() => expect(again.events.at(-1)?.seq).toBe(work.live.feed.cursor));
		const seqs = again.events.map(({ seq }) => seq);
		expect(seqs).toEqual(Array.from(seqs, (_, i) => cursor + 1 + i));
		expect(again.pictures).toEqual([]);
		await calm();
	});

	test('that come while events pour in miss none and get none twice', async () => {
		const cursor = work.live.feed.cursor;
		const pouring = (async () => {
			for (let i = 0; i < 4; i++) {
				await overload();
				await calm();
			}
		})();
		const late = Array.from(
			{ length: 6 },
			(_, i) => new Promise<Browser>((resolve) => setTimeout(() => resolve(browser('duty', cursor)), i * 40)),
		);
		const browsers = await Promise.all(late);
		await pouring;
		for (const each of browsers) {
			await soon(() => expect(each.events.at(-1)?.seq).toBe(work.live.feed.cursor));
			const seqs = each.events.map(({ seq }) => seq);
			expect(seqs).toEqual(Array.from(seqs, (_, i) => cursor + 1 + i));
		}
	});

	test('with a cursor that is no longer kept get a picture instead', async () => {
		await overload();
		await trimEvents(database().alarm, new Date('2030-01-01T00:00:00Z'));
		const duty = browser('duty', 1);
		await soon(() => expect(duty.pictures).toHaveLength(1));
		expect(duty.events).toEqual([]);
		await calm();
	});

	test('see moving state several times a second, and only of what they may see', async () => {
		const [duty, town] = [browser('duty'), browser('town')];
		await soon(() => expect([duty.pictures.length, town.pictures.length]).toEqual([1, 1]));
		expect(town.pictures[0]!.count).toBe(2);
		await work.send(work.reading('TC-2', { momentPercent: 44.4, slewDeg: 270.5, windMs: 6.2 }));
		await work.send(work.reading('TC-1', { momentPercent: 11.1 }));
		await soon(() => expect(duty.states.flatMap(({ load }) => [...load])).toEqual(expect.arrayContaining([444, 111])));
		await soon(() => expect(town.states.flatMap(({ load }) => [...load])).toContain(111));
		expect(town.states.flatMap(({ load }) => [...load])).not.toContain(444);
		const crane = work.live.state.objects.find(({ devices }) => devices.some(({ id }) => id === 'TC-2'))!;
		const state = duty.states.find(({ no }) => no.includes(crane.no))!;
		const row = state.no.indexOf(crane.no);
		expect([levelOfCode(state.level[row]!), state.slew[row], state.wind[row]]).toEqual(['normal', 2705, 62]);
	});

	test('of a town get no event of another', async () => {
		const [duty, town] = [browser('duty'), browser('town')];
		await soon(() => expect([duty.pictures.length, town.pictures.length]).toEqual([1, 1]));
		await overload('TC-2');
		await soon(() => expect(duty.events.some(({ type }) => type === 'alarm:raised')).toBe(true));
		await overload('TC-1');
		await soon(() => expect(town.events.some(({ type }) => type === 'alarm:raised')).toBe(true));
		expect(new Set(town.events.map(({ subject }) => subject.townCode))).toEqual(new Set(['330109001']));
		await soon(() => expect(town.pulses.length).toBeGreaterThan(0));
		expect(town.pulses.at(-1)!.devices).toMatchObject({ fresh: expect.any(Number) as number });
		expect(Object.values(town.pulses.at(-1)!.devices).reduce((a, b) => a + b)).toBe(1);
		await calm('TC-1');
		await calm('TC-2');
	});

	test('can acknowledge an alarm if their role may, and everybody hears of it', async () => {
		await overload();
		const { id } = await database()
			.read.selectFrom('alarm')
			.select('id')
			.where('cleared_at', 'is', null)
			.where('condition', '=', 'moment')
			.executeTakeFirstOrThrow();
		const [duty, leader] = [browser('duty'), browser('leader')];
		await soon(() => expect([duty.pictures.length, leader.pictures.length]).toEqual([1, 1]));
		expect(await leader.socket.emitWithAck('alarm:acknowledge', id)).toEqual({ ok: false, reason: 'forbidden' });
		expect(await duty.socket.emitWithAck('alarm:acknowledge', id)).toEqual({ ok: true });
		expect(await duty.socket.emitWithAck('alarm:acknowledge', id)).toEqual({
			ok: false,
			reason: 'already-acknowledged',
		});
		expect(await duty.socket.emitWithAck('alarm:acknowledge', 'nonsense')).toEqual({ ok: false, reason: 'not-found' });
		await soon(() =>
			expect(leader.events.at(-1)).toMatchObject({ type: 'alarm:changed', data: { id, acknowledgedBy: 'duty' } }),
		);
		await calm();
		await soon(() =>
			expect(
				leader.events.some(({ type, data }) => type === 'alarm:cleared' && data['acknowledgedBy'] === 'duty'),
			).toBe(true),
		);
	});

	test('whose session ends are told and cut', async () => {
		const duty = browser('duty');
		await soon(() => expect(duty.pictures).toHaveLength(1));
		hub.endSessions(['s-duty']);
		await soon(() => expect([duty.ended, duty.socket.connected]).toEqual(['revoked', false]));
	});

	test('whose session ended elsewhere are cut within five seconds', async () => {
		const duty = browser('duty');
		await soon(() => expect(duty.pictures).toHaveLength(1));
		sessions.set('duty', false);
		await soon(() => expect(duty.socket.connected).toBe(false));
		sessions.set('duty', true);
	});

	test('that are nobody get nothing', async () => {
		const nobody = browser('nobody');
		await soon(() => expect(nobody.socket.connected).toBe(false));
		expect(nobody.pictures).toEqual([]);
	});

	describe('that ask', () => {
		test('for a replay are always answered, if only with nothing', async () => {
			const town = browser('town');
			await soon(() => expect(town.pictures).toHaveLength(1));
			await overload('TC-2');
			let empty = 0;
			town.socket.on('events', (events) => (empty += Number(events.length === 0)));
			town.socket.emit('events:replay', work.live.feed.cursor);
			await soon(() => expect(empty).toBe(1));
			await calm('TC-2');
		});

		test('with nonsense are not answered and do no harm', async () => {
			const duty = browser('duty');
			await soon(() => expect(duty.pictures).toHaveLength(1));
			const emit = duty.socket.emit.bind(duty.socket) as (...args: unknown[]) => void;
			for (const bad of [-1, NaN, 'x', null, {}, 1e300]) emit('events:replay', bad);
			emit('alarm:acknowledge', { id: 1 }, 'no function');
			emit('picture:ask');
			await soon(() => expect(duty.pictures).toHaveLength(2));
			expect(duty.events).toEqual([]);
		});
	});
});
