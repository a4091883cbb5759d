// Every door × everybody × own and other area, through the real doors, routes and commands. People and walls are given
// one town of two, keys one site; a door without a row fails.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TOKEN_SCOPES, type PersonRole } from '#lib/domain/access/principal.ts';
import { AREAS, type AreaRow } from './area-rows.ts';
import { AtTheDoors, type Answer, type Ask } from './at-the-doors.ts';
import { MATRIX, PEOPLE } from './door-matrix.ts';
import { TOWN, twoTowns, type OneTown } from './two-towns.ts';

const WHO = ['anonymous', ...PEOPLE.split(' '), 'wall', 'device', 'read', 'plan', 'ingest', 'admin'];
/** Refused: not signed in, not yours to do, not there for you. A page leads to another that is yours. */
const CLOSED = [401, 403, 404];
/** Let in: done, or refused for what it asks and not for where. */
const isLetIn = (status: number) => status < 400 || status === 409;

let doors: AtTheDoors;
let district: Record<string, string>;
let world: Awaited<ReturnType<typeof twoTowns>>;
const credentials = new Map<string, Record<string, string>>();

beforeAll(async () => {
	doors = await AtTheDoors.open(async (databases) => {
		world = await twoTowns(databases.ingest);
	});
	district = await doors.person('dutyOfficer', '330109');
	for (const { pit } of [world.own, world.other])
		await doors.ask(district, 'POST', '/api/v1/pits/[id]/danger', {
			params: { id: pit },
			body: { sign: 3, note: '支护结构出现裂缝' },
		});
	for (const who of WHO) credentials.set(who, await credentialOf(who));
});
afterAll(() => doors.close());

async function credentialOf(who: string): Promise<Record<string, string>> {
	if (who === 'anonymous') return {};
	if (who === 'wall') return doors.wall(TOWN);
	if (who === 'device') return doors.token('ingest', null, [world.own.device]);
	const scope = TOKEN_SCOPES.find((name) => name === who);
	return scope ? doors.token(scope, [world.own.site]) : doors.person(who as PersonRole, TOWN);
}

async function ask(who: string, door: string, asked: Ask = {}): Promise<Answer> {
	const [method, route] = door.split(' ') as [string, string];
	const answer = await doors.ask(credentials.get(who)!, method, route, asked);
	if (answer.status !== 429) return answer;
	// The bucket of a device’s key is small; the next one is full.
	credentials.set(who, await credentialOf(who));
	return doors.ask(credentials.get(who)!, method, route, asked);
}
const marksOf = ({ mark, ...town }: OneTown): string[] => [
	...[`工地 ${mark}`, `基坑 ${mark}`, `TC-${mark}`, `CX-${mark}`, `网格 ${mark}`],
	...[town.site, town.pit, town.alarm, town.installation, town.plan],
];
const leaks = (answer: Answer) => marksOf(world.other).filter((mark) => answer.text.includes(mark));
const isNamed = (answer: Answer) => marksOf(world.own).some((mark) => answer.text.includes(mark));
const passesDoor = (who: string, door: string) =>
	MATRIX[door] === '*' || MATRIX[door]!.split(' ').includes(who === 'device' ? 'ingest' : who);

/** What is wrong with the answers one principal gets at a door; undefined: nothing. */
async function wrongAt(who: string, door: string, row: AreaRow): Promise<string | undefined> {
	const asks = 'ask' in row && row.ask ? row.ask : () => ({});
	const own = await ask(who, door, asks(world.own));
	if (leaks(own).length > 0) return `shows ${leaks(own).join()} to who asks for the own`;
	if (!passesDoor(who, door))
		return [...CLOSED, 303].includes(own.status) ? undefined : `lets in: ${own.status} ${own.text}`;
	switch (row.kind) {
		case 'whole':
			return own.status === 403 ? undefined : `lets a town into the district: ${own.status} ${own.text}`;
		case 'list':
			return own.status === 200 ? undefined : `is no list: ${own.status} ${own.text}`;
		case 'apart':
			return own.status === 500 ? 'breaks' : undefined;
		case 'one': {
			if (!isLetIn(own.status) && !row.done?.test(own.text)) return `refuses the own: ${own.status} ${own.text}`;
			if (row.shows && !isNamed(own)) return `does not show the own: ${own.text}`;
			const other = await ask(who, door, asks(world.other));
			const said = leaks(other).filter((mark) => !JSON.stringify(asks(world.other)).includes(mark));
			if (said.length > 0) return `shows ${said.join()}`;
			const isRefused = row.refusedInside
				? (JSON.parse(other.text) as { moved: string[] }).moved.length === 0
				: CLOSED.includes(other.status);
			return isRefused ? undefined : `lets into the other area: ${other.status} ${other.text}`;
		}
	}
}

describe('own and other area', () => {
	test.each(Object.entries(AREAS))('%s', async (door, row) => {
		const wrong: string[] = [];
		for (const who of WHO) {
			const found = await wrongAt(who, door, row);
			if (found) wrong.push(`${who}: ${found}`);
		}
		expect(wrong).toEqual([]);
	});
});

describe('the rows of the area matrix', () => {
	test('name every door there is, and no other', () => {
		expect(Object.keys(AREAS).sort(), 'add a row in test/flow/area-rows.ts').toEqual(Object.keys(MATRIX).sort());
	});

	const lists = Object.entries(AREAS).filter(([, { kind }]) => kind === 'list');
	test.each(lists)('%s is no empty list: who has the district sees both towns', async (door, row) => {
		const [method, route] = door.split(' ') as [string, string];
		const asked = 'ask' in row ? row.ask?.(world.own) : undefined;
		const { text } = await doors.ask(district, method, route, asked);
		for (const town of [world.own, world.other])
			expect(
				marksOf(town).some((mark) => text.includes(mark)),
				text,
			).toBe(true);
	});
});

test('exposure to floods is worked out for the own sites, which it names by their numbers only', async () => {
	const sitesOf = async (who: Record<string, string>) =>
		(JSON.parse((await doors.ask(who, 'GET', '/api/v1/flood/exposure')).text) as { sites: unknown[] }).sites;
	expect(await sitesOf(district)).toHaveLength(2);
	expect(await sitesOf(await doors.person('leader', TOWN))).toHaveLength(1);
});

describe('a key and the devices of others', () => {
	const reading = (device: string) => ({
		body: { readings: [{ device, at: new Date().toISOString(), seq: 1, values: { windMs: 3 } }] },
	});
	test('speaks for its own device and for no other', async () => {
		const own = await ask('device', 'POST /api/v1/telemetry', reading(world.own.device));
		expect(JSON.parse(own.text)).toMatchObject({ accepted: 1 });
		const other = await ask('device', 'POST /api/v1/telemetry', reading(world.other.device));
		expect(JSON.parse(other.text)).toMatchObject({ accepted: 0 });
	});
	test('a key for a site speaks for no device of another', async () => {
		const other = await ask('ingest', 'POST /api/v1/telemetry', reading(world.other.device));
		expect(JSON.parse(other.text)).toMatchObject({ accepted: 0 });
	});
});
