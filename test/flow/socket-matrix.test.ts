// Every event of the sockets × everybody × own and other area, through the real door with real sessions, keys and walls.
// An event of the contract, of the log, or one the hub listens to that has no row fails.

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { io as connect, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
	EVENT_TYPES,
	type ClientToServer,
	type EventMessage,
	type MoveRequest,
	type Pulse,
	type ServerToClient,
} from '#lib/contract/events.ts';
import { TOKEN_SCOPES, type PersonRole } from '#lib/domain/access/principal.ts';
import { decodePicture } from '#lib/domain/picture/decode.ts';
import { decodeDelta } from '#lib/domain/picture/delta.ts';
import type { Db } from '#lib/server/db/connection.ts';
import { transaction } from '#lib/server/db/transaction.ts';
import { sockets } from '#lib/server/sockets/io.ts';
import { aRegister } from '../builders.ts';
import { AtTheDoors } from './at-the-doors.ts';
import { PEOPLE } from './door-matrix.ts';
import { EVENTS, FROM_CLIENT, FROM_SERVER, MOVES, OPENS } from './socket-rows.ts';
import { TOWN, twoTowns, type OneTown } from './two-towns.ts';

const WHO = ['anonymous', ...PEOPLE.split(' '), 'grid', 'wall', 'device', 'read', 'plan', 'ingest', 'admin'];
const may = (list: string, who: string) => list.split(' ').includes(who);
const soon = <T>(check: () => T) => vi.waitFor(check, { timeout: 10_000, interval: 20 });

/** Where things stand: in the grid, beside it in the same town, in the other town. */
type Place = 'own' | 'next' | 'other';
const REACH: Record<string, Place[]> = { grid: ['own'], district: ['own', 'next', 'other'] };
const reachOf = (who: string): Place[] => REACH[who] ?? ['own', 'next'];

class Browser {
	readonly socket: Socket<ServerToClient, ClientToServer>;
	readonly pictures: ReturnType<typeof decodePicture>[] = [];
	readonly states: ReturnType<typeof decodeDelta>[] = [];
	readonly events: EventMessage[] = [];
	readonly pulses: Pulse[] = [];
	ended: string | undefined;
	refused: string | undefined;

	constructor(url: string, credential: Record<string, string>) {
		const extraHeaders = { origin: url, ...credential };
		this.socket = connect(url, { transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders });
		this.socket.on('connect_error', ({ message }) => (this.refused = message));
		this.socket.on('picture', (bytes) => this.pictures.push(decodePicture(new Uint8Array(bytes))));
		this.socket.on('state', (bytes) => this.states.push(decodeDelta(new Uint8Array(bytes))));
		this.socket.on('events', (events) => this.events.push(...events));
		this.socket.on('pulse', (pulse) => this.pulses.push(pulse));
		this.socket.on('session:ended', (reason) => (this.ended = reason));
	}
}

let doors: AtTheDoors;
let world: { own: OneTown; other: OneTown };
const site = {} as Record<Place, string>;
const alarm = {} as Record<Place, string>;
const device: Record<Place, string> = { own: 'TC-OWN', next: 'TC-NEXT', other: 'TC-OTHER' };
const credentials = new Map<string, Record<string, string>>();
const browsers = new Map<string, Browser>();
const at = (who: string) => browsers.get(who)!;

/** A neighbour in the own town, outside the grid the own site lies in. */
async function addNeighbour(db: Db, own: OneTown): Promise<void> {
	await sql`update site set grid_id = ${own.grid} where id = ${own.site}`.execute(db);
	await aRegister(db)
		.withSite({ name: '工地 NEXT', town: TOWN, at: [120.29, 30.17] })
		.withCrane({ site: '工地 NEXT', record: '浙A-NEXT', device: device.next })
		.build();
	const { id } = await db.selectFrom('site').select('id').where('name', '=', '工地 NEXT').executeTakeFirstOrThrow();
	site.next = id;
	alarm.next = randomUUID();
	const { id: _id, ...like } = await db
		.selectFrom('alarm')
		.selectAll()
		.where('id', '=', own.alarm)
		.executeTakeFirstOrThrow();
	await db
		.insertInto('alarm')
		.values({ ...like, id: alarm.next, device_id: device.next, site_id: id })
		.execute();
}

async function credentialOf(who: string): Promise<Record<string, string>> {
	if (who === 'anonymous') return {};
	if (who === 'wall') return doors.wall(TOWN);
	if (who === 'grid') return doors.person('dutyOfficer', `${TOWN}000001`);
	if (who === 'district') return doors.person('dutyOfficer', '330109');
	if (who === 'device') return doors.token('ingest', null, [world.own.device]);
	const scope = TOKEN_SCOPES.find((name) => name === who);
	return scope ? doors.token(scope, null) : doors.person(who as PersonRole, TOWN);
}

function open(who: string): Browser {
	const browser = new Browser(doors.url, credentials.get(who)!);
	browsers.set(who, browser);
	return browser;
}

beforeAll(async () => {
	doors = await AtTheDoors.open(async ({ ingest }) => {
		world = await twoTowns(ingest);
		await addNeighbour(ingest, world.own);
	});
	Object.assign(site, { own: world.own.site, other: world.other.site });
	Object.assign(alarm, { own: world.own.alarm, other: world.other.alarm });
	for (const who of [...WHO, 'district']) credentials.set(who, await credentialOf(who));
	for (const who of [...WHO, 'district']) open(who);
	await soon(() =>
		expect([...browsers.values()].every(({ pictures, refused }) => pictures.length > 0 || refused)).toBe(true),
	);
});
afterAll(async () => {
	for (const { socket } of browsers.values()) socket.disconnect();
	await doors.close();
});

/** Numbers of the objects at a place. */
const numbersAt = (place: Place) =>
	doors.runtime.live.state.objects.filter(({ siteId }) => siteId === site[place]).map(({ no }) => no);
const placesOf = (numbers: Iterable<number>): Place[] => {
	const seen = new Set(numbers);
	return (['own', 'next', 'other'] as const).filter((place) => numbersAt(place).some((no) => seen.has(no)));
};
const wholeOf = (who: string) =>
	reachOf(who)
		.flatMap(numbersAt)
		.sort((a, b) => a - b);

describe('who opens a socket', () => {
	test.each(WHO)('%s', (who) => {
		expect(at(who).refused === undefined).toBe(may(OPENS, who));
		if (!may(OPENS, who)) expect(at(who).pictures).toEqual([]);
	});
});

describe('what the server says', () => {
	const ROOMS = [...WHO.filter((who) => may(OPENS, who)), 'district'];

	test.each(ROOMS)('picture: %s gets the own area, whole, and nothing else', (who) => {
		expect([...at(who).pictures[0]!.no].sort((a, b) => a - b)).toEqual(wholeOf(who));
	});

	test('state: readings of the own area move, no others', async () => {
		for (const [i, id] of Object.values(device).entries())
			await doors.runtime.ingest.accept([
				{ device: id, at: new Date().toISOString(), seq: 1, values: { momentPercent: 10 + i } },
			]);
		const told = (who: string) => placesOf(at(who).states.flatMap(({ no }) => [...no]));
		await soon(() => {
			for (const who of ROOMS) expect([who, told(who)]).toEqual([who, reachOf(who)]);
		});
	});

	test('pulse: counts the devices of the own area that report by themselves', async () => {
		for (const who of ROOMS) {
			await soon(() => expect(at(who).pulses.length).toBeGreaterThan(0));
			const { devices } = at(who).pulses.at(-1)!;
			const own = doors.runtime.live
				.devicesOf({ kind: 'system' })
				.filter(({ object }) => reachOf(who).some((place) => object?.siteId === site[place]));
			// A danger button is pressed by people, a welding machine speaks while it welds: their silence says nothing.
			const reporting = own.filter(
				({ kind, object }) => kind !== 'hotWork' && object !== null && object.kind !== 'pit',
			);
			expect(reporting.length).toBeLessThan(own.length);
			expect([who, Object.values(devices).reduce((a, b) => a + b)]).toEqual([who, reporting.length]);
		}
	});

	describe('events', () => {
		const NAMES = {
			acknowledgedBy: 'NAME',
			acknowledgedById: 'NAME',
			assignee: { id: 'NAME', name: 'NAME' },
			verifiedBy: { id: 'NAME', name: 'NAME' },
			closedBy: 'NAME',
			shelf: { by: { id: 'NAME', name: 'NAME' }, second: { id: 'NAME', name: 'NAME' }, reason: 'NAME' },
			by: 'NAME',
			personId: 'NAME',
			personName: 'NAME',
			reason: 'NAME',
		};
		const mark = randomUUID();
		const marked = (who: string) => at(who).events.filter(({ data }) => data['mark'] === mark);
		let before: number;

		beforeAll(async () => {
			before = doors.runtime.live.feed.cursor;
			const subjects: EventMessage['subject'][] = (['own', 'next', 'other'] as const).map((place) => ({
				...{ kind: 'site', id: place, siteId: site[place] },
				townCode: place === 'other' ? world.other.code : TOWN,
			}));
			subjects.push({ kind: 'district', id: 'district' });
			const events = EVENT_TYPES.flatMap((type) =>
				subjects.map((subject) => ({ at: new Date(), type, subject, data: { mark, ...NAMES } })),
			);
			const { databases, live } = doors.runtime;
			live.feed.announce(await transaction(databases.alarm, (tx) => doors.runtime.events.append(tx, events)));
			await soon(() => expect(marked('district')).toHaveLength(events.length));
		});
		const shouldHear = (who: string) => (who === 'district' ? [...reachOf(who), 'district'] : reachOf(who));

		test.each(EVENT_TYPES)('%s is told of the own area only', (type) => {
			for (const who of ROOMS) {
				const heard = marked(who).filter((event) => event.type === type);
				expect([who, heard.map(({ subject }) => subject.id)]).toEqual([who, shouldHear(who)]);
			}
		});

		test('those who are not let in heard none', () => {
			for (const who of WHO.filter((name) => !may(OPENS, name))) expect(at(who).events).toEqual([]);
		});

		test.each(EVENT_TYPES.filter((type) => EVENTS[type] === 'names people'))('%s names nobody to a wall', (type) => {
			const [told, heard] = ['leader', 'wall'].map((who) => marked(who).filter((event) => event.type === type));
			expect(JSON.stringify(told)).toContain('NAME');
			expect(JSON.stringify(heard)).not.toContain('NAME');
		});

		test('events:replay: the same again, of the own area, without names for a wall', async () => {
			for (const who of ROOMS) at(who).events.splice(0);
			for (const who of ROOMS) at(who).socket.emit('events:replay', before);
			const count = (who: string) => EVENT_TYPES.length * shouldHear(who).length;
			await soon(() => {
				for (const who of ROOMS) expect([who, marked(who).length]).toEqual([who, count(who)]);
			});
			for (const who of ROOMS)
				expect(new Set(marked(who).map(({ subject }) => subject.id))).toEqual(new Set(shouldHear(who)));
			const named = EVENT_TYPES.filter((type) => EVENTS[type] === 'names people');
			const told = marked('wall').filter(({ type }) => named.includes(type));
			expect(JSON.stringify(told)).not.toContain('NAME');
		});
	});

	test('session:ended: is told to the one session that ended', async () => {
		const [first, second] = [new Browser(doors.url, await doors.person('leader', TOWN)), open('leader')];
		await soon(() => expect(Math.min(first.pictures.length, second.pictures.length)).toBeGreaterThan(0));
		const served = [...sockets().sockets.sockets.values()].find(({ id }) => id === first.socket.id)!;
		doors.runtime.hub.endSessions([served.data.sessionId]);
		await soon(() => expect([first.ended, first.socket.connected]).toEqual(['revoked', false]));
		expect([second.ended, second.socket.connected]).toEqual([undefined, true]);
	});
});

describe('what a browser asks', () => {
	const READS = WHO.filter((who) => may(OPENS, who));

	test.each(READS)('picture:ask: %s gets the own area', async (who) => {
		const { pictures, socket } = at(who);
		const before = pictures.length;
		socket.emit('picture:ask');
		await soon(() => expect(pictures.length).toBeGreaterThan(before));
		expect([...pictures.at(-1)!.no].sort((a, b) => a - b)).toEqual(wholeOf(who));
	});

	/** `in`: done, or refused for the state of the alarm and not for who asks or where it is. */
	const verdict = (reason: string | undefined) => (reason === 'forbidden' || reason === 'not-found' ? reason : 'in');
	const reasonOf = async (who: string, request: MoveRequest) => {
		const answer = await at(who).socket.emitWithAck('alarm:move', request);
		return verdict(answer.ok ? answer.refused[0]?.reason : answer.reason);
	};

	test.each(READS)('alarm:acknowledge by %s', async (who) => {
		for (const place of ['own', 'next', 'other'] as const) {
			const answer = await at(who).socket.emitWithAck('alarm:acknowledge', alarm[place]);
			const isHere = reachOf(who).includes(place);
			const expected = isHere ? (may(FROM_CLIENT['alarm:acknowledge'], who) ? 'in' : 'forbidden') : 'not-found';
			expect([place, verdict(answer.ok ? undefined : answer.reason)]).toEqual([place, expected]);
		}
	});

	const moves = Object.entries(MOVES) as [MoveRequest['move'], string][];
	test.each(moves)('alarm:move %s', async (move, list) => {
		// To oneself would be a person of the district; who it goes to does not matter here.
		const request = { move, note: '复核', ...(move === 'assign' && { to: randomUUID() }) };
		for (const who of READS)
			for (const place of ['own', 'next', 'other'] as const) {
				const reason = await reasonOf(who, { ...request, alarms: [alarm[place]] } as MoveRequest);
				const isHere = reachOf(who).includes(place);
				const isLetIn = may(list, who) && isHere;
				// Nobody of that id to assign to is told like an alarm that is not there.
				const expected = isLetIn ? (move === 'assign' ? 'not-found' : 'in') : isHere ? 'forbidden' : 'not-found';
				expect([who, place, reason]).toEqual([who, place, expected]);
			}
	});

	test('alarm:move: who may make any of its moves is who may make one of them', () => {
		const any = READS.filter((who) => moves.some(([, list]) => may(list, who)));
		expect(any).toEqual(READS.filter((who) => may(FROM_CLIENT['alarm:move'], who)));
	});

	test('alarm:seen: is noted for people, for alarms of the own area', async () => {
		const seen = async () => {
			const { rows } = await sql<{ name: string; alarm_id: string }>`
				select person_name as name, alarm_id from alarm_seen`.execute(doors.databases.read);
			return rows.map(({ name, alarm_id }) => `${name} ${alarm_id}`).sort();
		};
		const before = await seen();
		for (const who of READS) at(who).socket.emit('alarm:seen', Object.values(alarm));
		const nameOf = (who: string) => (who === 'grid' ? `dutyOfficer ${TOWN}000001` : `${who} ${TOWN}`);
		const expected = READS.filter((who) => may(FROM_CLIENT['alarm:seen'], who))
			.flatMap((who) => reachOf(who).map((place) => `${nameOf(who)} ${alarm[place]}`))
			.concat(before)
			.sort();
		await expect.poll(seen, { timeout: 8000 }).toEqual(expected);
	});
});

describe('over HTTP, too, a wall and a program are not told who of the office did what', () => {
	test.each([
		['GET /api/v1/alarms', {}],
		['GET /api/v1/alarms/[id]', { params: () => ({ id: alarm.own }) }],
		['GET /api/v1/events', {}],
	] as const)('%s', async (door, asked) => {
		const [method, route] = door.split(' ') as [string, string];
		const params = 'params' in asked ? asked.params() : {};
		const told = async (who: string) => (await doors.ask(credentials.get(who)!, method, route, { params })).text;
		const officer = new RegExp(`(dutyOfficer|supervisor) ${TOWN}`);
		expect(await told('leader')).toMatch(officer);
		for (const who of ['wall', 'read', 'admin']) {
			const text = await told(who);
			expect(text).toContain(alarm.own);
			expect(text).not.toMatch(officer);
		}
	});
});

describe('the rows of the socket matrix', () => {
	const contract = readFileSync('src/lib/contract/events.ts', 'utf8');
	const membersOf = (name: string) => {
		const [, body] = contract.match(new RegExp(`export interface ${name} \\{\\n([\\s\\S]*?)\\n\\}`))!;
		return [...body!.matchAll(/^\t'?([a-z:]+)'?: \(/gm)].map(([, member]) => member!);
	};

	test('name every event of the contract, and no other', () => {
		expect(membersOf('ServerToClient').length).toBeGreaterThan(0);
		expect(Object.keys(FROM_SERVER).sort()).toEqual(membersOf('ServerToClient').sort());
		expect(Object.keys(FROM_CLIENT).sort()).toEqual(membersOf('ClientToServer').sort());
		expect(Object.keys(EVENTS).sort()).toEqual([...EVENT_TYPES].sort());
	});

	test('name everything the hub listens to, and nothing else', () => {
		const served = [...sockets().sockets.sockets.values()];
		expect(served.length).toBeGreaterThan(0);
		for (const socket of served)
			// socket.io itself listens to the first; nobody can send it.
			expect(new Set(socket.eventNames()), 'add a row in test/flow/socket-rows.ts').toEqual(
				new Set(['error', ...Object.keys(FROM_CLIENT)]),
			);
	});
});
