// Keys in wrong hands: one that speaks for others, one that floods. Over HTTP, with the real doors.

import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AtTheDoors } from './at-the-doors.ts';
import { twoTowns, type OneTown } from './two-towns.ts';

let doors: AtTheDoors;
let own: OneTown;
let other: OneTown;
let seq = 0;

beforeAll(async () => {
	doors = await AtTheDoors.open(async (databases) => void ({ own, other } = await twoTowns(databases.ingest)));
});
afterAll(() => doors.close());

const readings = (device: string, count = 1) => ({
	readings: Array.from({ length: count }, () => ({
		...{ device, at: new Date().toISOString(), seq: ++seq, values: { windMs: 3 } },
	})),
});
const send = (key: Record<string, string>, device: string) =>
	doors.ask(key, 'POST', '/api/v1/telemetry', { body: readings(device) });

describe('T6 a key that speaks for another device', () => {
	const trail = async () => {
		const { rows } = await sql<{ actor: string; object: string; outcome: string; detail: { protocol: string } }>`
			select actor, object, outcome, detail from audit where action = 'telemetry:send' order by seq`.execute(
			doors.databases.read,
		);
		return rows;
	};

	test('is refused, and stands in the audit trail once an hour, however often it tries', async () => {
		const key = await doors.token('ingest', null, [own.device]);
		for (let i = 0; i < 20; i++)
			expect(JSON.parse((await send(key, other.device)).text)).toMatchObject({ accepted: 0 });
		await expect.poll(async () => (await trail()).length).toBe(1);
		const [entry] = await trail();
		expect(entry).toMatchObject({ object: `device ${other.device}`, outcome: 'denied', detail: { protocol: 'http' } });
		expect(entry!.actor).toMatch(/^token:/);
	});

	test('another key that does so is another entry; one that keeps to its own is none', async () => {
		const before = (await trail()).length;
		expect(JSON.parse((await send(await doors.token('ingest', null, [own.device]), own.device)).text)).toMatchObject({
			accepted: 1,
		});
		await send(await doors.token('ingest', [own.site]), other.device);
		await expect.poll(async () => (await trail()).length).toBe(before + 1);
	});
});

describe('T7 a key that floods', () => {
	test('is told to wait, then sent away; everything other devices send meanwhile is stored', async () => {
		const flood = await doors.token('ingest', null, [own.device]);
		const quiet = await doors.token('ingest', null, [other.device]);
		const storedOf = async (device: string) => {
			const { rows } = await sql<{ n: string }>`select count(*) as n from reading
				join device on device.no = device_no where device.id = ${device}`.execute(doors.databases.read);
			return Number(rows[0]!.n);
		};
		const before = await storedOf(other.device);
		const told: number[] = [];
		let isOver = false;
		const flooding = Array.from({ length: 8 }, async () => {
			while (!isOver) told.push((await send(flood, own.device)).status);
		});
		const answers: number[] = [];
		while (told.length < 1500) answers.push((await send(quiet, other.device)).status);
		isOver = true;
		await Promise.all(flooding);

		const sent = answers.filter((status) => status === 200).length;
		expect(told.filter((status) => status === 200).length).toBeLessThan(told.length / 4);
		expect(new Set(told)).toEqual(new Set([200, 429]));
		// The quiet one is refused only for its own haste, never for the other’s.
		expect(answers.slice(0, 60).every((status) => status === 200)).toBe(true);
		expect(await storedOf(other.device)).toBe(before + sent);
	});
});
