import { describe, expect, test } from 'vitest';
import type { Reading, TelemetryAnswer } from '#lib/contract/telemetry.ts';
import { backoff } from './backoff.ts';
import { deliver } from './delivery.ts';
import { openOutbox } from './outbox.ts';
import { connect, Refused, type Platform } from './platform.ts';

const reading = (seq: number): Reading => ({ device: 'TC-0001', at: '2026-11-20T00:00:00Z', seq, values: {} });
const readings = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => reading(from + at));
const accepted = (count: number): TelemetryAnswer => ({ accepted: count, duplicates: 0, rejected: [] });

function aDelivery(send: (readings: readonly Reading[]) => Promise<TelemetryAnswer>, room = 10_000) {
	const outbox = openOutbox(room);
	const [lines, retired]: [string[], string[]] = [[], []];
	const platform: Pick<Platform, 'send'> = { send };
	const delivery = deliver(outbox, platform, { retire: (id) => retired.push(id) }, backoff(100, 800), 250, (line) =>
		lines.push(line),
	);
	return { outbox, delivery, lines, retired };
}

describe('delivery', () => {
	test('keeps readings until they are acknowledged and sends them again, longer apart each time', async () => {
		let isUp = false;
		const got: number[] = [];
		const { outbox, delivery, lines } = aDelivery(async (batch) => {
			if (!isUp) throw new Error('connect ECONNREFUSED');
			got.push(...batch.map(({ seq }) => seq!));
			return accepted(batch.length);
		});
		outbox.put(readings(0, 5));
		expect([await delivery.step(), await delivery.step(), await delivery.step()]).toEqual([100, 200, 400]);
		expect(outbox.size).toBe(5);
		outbox.put(readings(5, 8));
		isUp = true;
		expect(await delivery.step()).toBe(250);
		expect(got).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
		expect(outbox.size).toBe(0);
		expect(lines).toHaveLength(1);
	});

	test('sends a backlog in portions without pausing', async () => {
		const sizes: number[] = [];
		const { outbox, delivery } = aDelivery(async (batch) => {
			sizes.push(batch.length);
			return accepted(batch.length);
		});
		outbox.put(readings(0, 4500));
		expect([await delivery.step(), await delivery.step(), await delivery.step()]).toEqual([0, 250, 250]);
		expect(sizes).toEqual([2000, 2000, 500]);
	});

	test('gives up what the platform refuses for good, and says so', async () => {
		const { outbox, delivery, lines } = aDelivery(() => Promise.reject(new Refused(422, 'bad body')));
		outbox.put(readings(0, 3));
		await delivery.step();
		expect(outbox.size).toBe(0);
		expect(lines[0]).toContain('3 readings given up');
	});

	test('silences a device the platform does not know', async () => {
		const { outbox, delivery, retired } = aDelivery(async () => ({
			accepted: 0,
			duplicates: 0,
			rejected: [{ index: 1, code: 'unknown-device', message: '' }],
		}));
		outbox.put([reading(1), { ...reading(2), device: 'YC-9' }]);
		await delivery.step();
		expect(retired).toEqual(['YC-9']);
		expect(delivery.tally()).toMatchObject({ sent: 2, rejected: 1 });
		expect(delivery.tally()).toMatchObject({ sent: 0, rejected: 0 });
	});

	test('what is put in while a request is under way stays, even when the room runs out', async () => {
		const { outbox, delivery } = aDelivery(async (batch) => {
			outbox.put(readings(100, 108));
			return accepted(batch.length);
		}, 10);
		outbox.put(readings(0, 6));
		await delivery.step();
		expect(outbox.head(20).readings.map(({ seq }) => seq)).toEqual([100, 101, 102, 103, 104, 105, 106, 107]);
		expect(outbox.lost).toBe(4);
	});
});

describe('the outbox', () => {
	test('gives the oldest up when it is full', () => {
		const outbox = openOutbox(3);
		outbox.put(readings(0, 5));
		expect(outbox.head(9).readings.map(({ seq }) => seq)).toEqual([2, 3, 4]);
		expect(outbox.lost).toBe(2);
	});
});

describe('the platform', () => {
	const answering = (status: number, body: unknown) => (async () => Response.json(body, { status })) as typeof fetch;

	test.each([422, 413, 404])('%i is a refusal for good', async (status) => {
		const platform = connect('http://x', 't', 't', 1000, answering(status, { error: {} }));
		await expect(platform.send([reading(1)])).rejects.toBeInstanceOf(Refused);
	});

	test.each([401, 429, 500, 503, 507])('%i is worth another try', async (status) => {
		const platform = connect('http://x', 't', 't', 1000, answering(status, { error: {} }));
		const failure = await platform.send([reading(1)]).catch((error: unknown) => error);
		expect(failure).toBeInstanceOf(Error);
		expect(failure).not.toBeInstanceOf(Refused);
	});

	test('asks for the board with the reading token and sends with the other', async () => {
		const asked: [string, string | null][] = [];
		const platform = connect('http://x:1/', 'send', 'see', 1000, (async (url, init) => {
			asked.push([String(url), new Headers(init?.headers).get('authorization')]);
			return Response.json({});
		}) as typeof fetch);
		await platform.board();
		await platform.send([]);
		expect(asked).toEqual([
			['http://x:1/api/v1/board', 'Bearer see'],
			['http://x:1/api/v1/telemetry', 'Bearer send'],
		]);
	});
});
