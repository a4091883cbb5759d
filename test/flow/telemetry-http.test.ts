import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TelemetryAnswer } from '#lib/contract/telemetry.ts';
import type { Token } from '#lib/domain/access/principal.ts';
import { telemetryHandler } from '#lib/server/ingest/http.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from '../database/both.ts';
import { AtWork } from './at-work.ts';

const token = (more: Partial<Token>): Token => ({
	kind: 'token',
	id: 't',
	name: 't',
	scope: 'ingest',
	areas: ['330109'],
	...more,
});
const TOKENS = new Map([
	['gateway', token({})],
	['reader', token({ scope: 'read' })],
	['one-crane', token({ deviceIds: ['TC-1'], quantities: ['windMs'] })],
]);

onBoth('POST /api/v1/telemetry', (database) => {
	let work: AtWork;
	let server: Server;
	let url: string;
	const faults: unknown[] = [];

	beforeAll(async () => {
		await aRegister(database().ingest)
			.withSite({ name: '工地', town: null, at: [120.27, 30.17] })
			.withCrane({ site: '工地', record: 'A', device: 'TC-1' })
			.withCrane({ site: '工地', record: 'B', device: 'TC-2' })
			.build();
		work = await AtWork.start(database(), '2026-11-20T08:00:00Z');
		const tokens = {
			peek: (bearer: string) => TOKENS.get(bearer),
			check: async (bearer: string) => TOKENS.get(bearer) ?? null,
		};
		const handler = telemetryHandler(work.ingest, tokens, (error) => faults.push(error));
		server = createServer((request, response) => {
			if (!handler(request, response)) response.writeHead(404).end();
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/telemetry`;
	});
	afterAll(async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
		await work.close();
		expect([...faults, ...work.faults]).toEqual([]);
	});

	let seq = 0;
	const reading = (device = 'TC-1') => work.reading(device, { windMs: 4 }, 0, seq++);
	const post = (body: BodyInit, headers: Record<string, string> = {}) =>
		fetch(url, { method: 'POST', body, headers: { authorization: 'Bearer gateway', ...headers } });
	const answerOf = async (response: Response) => ({ status: response.status, ...((await response.json()) as object) });
	const ok = (accepted: number): TelemetryAnswer & { status: number } => ({
		status: 200,
		accepted,
		duplicates: 0,
		rejected: [],
	});

	test('takes a list as JSON', async () => {
		expect(await answerOf(await post(JSON.stringify({ readings: [reading(), reading('TC-2')] })))).toEqual(ok(2));
	});

	test('takes one reading per line, with blank lines and either line end', async () => {
		const body = [reading(), '', reading(), reading()].map((line) => (line ? JSON.stringify(line) : '')).join('\r\n');
		expect(await answerOf(await post(body, { 'content-type': 'application/x-ndjson' }))).toEqual(ok(3));
	});

	test('refuses a line that is no JSON as an item and keeps the others', async () => {
		const body = `${JSON.stringify(reading())}\n{"device":\n${JSON.stringify(reading())}`;
		expect(await answerOf(await post(body, { 'content-type': 'application/x-ndjson' }))).toMatchObject({
			status: 200,
			accepted: 2,
			rejected: [{ index: 1, code: 'bad-value' }],
		});
	});

	test('takes a gzipped body', async () => {
		const body = gzipSync(JSON.stringify({ readings: [reading()] }));
		expect(await answerOf(await post(body, { 'content-encoding': 'gzip' }))).toEqual(ok(1));
	});

	test.each([
		['application/ndjson', '', ''],
		['Application/X-NDJSON; charset=UTF-8', '', ''],
		['application/x-jsonlines', '', ''],
		['application/json-seq', '\u001e', ''],
		['application/x-ndjson', '', 'gzip'],
		['application/x-ndjson', '', 'GZIP'],
		['application/x-ndjson', '', 'x-gzip'],
	])('takes lines called %s, each behind “%s”, in the encoding “%s”', async (type, mark, encoding) => {
		const text = [reading(), reading()].map((line) => `${mark}${JSON.stringify(line)}\n`).join('');
		const headers = { 'content-type': type, ...(encoding && { 'content-encoding': encoding }) };
		expect(await answerOf(await post(encoding ? gzipSync(text) : text, headers))).toEqual(ok(2));
	});

	test('says per item what was refused, and that the same again is a duplicate', async () => {
		const one = reading();
		const answer = await answerOf(await post(JSON.stringify({ readings: [one, { ...one, device: 'nobody' }, one] })));
		expect(answer).toMatchObject({ accepted: 1, duplicates: 1, rejected: [{ index: 1, code: 'unknown-device' }] });
	});

	test('takes nothing and says so', async () => {
		expect(await answerOf(await post('{"readings":[]}'))).toEqual(ok(0));
	});

	test('lets a key speak only for its devices and quantities', async () => {
		const values = { windMs: 1, tiltDeg: 0.1 };
		const readings = [reading(), reading('TC-2'), { ...reading(), values }];
		const answer = await answerOf(await post(JSON.stringify({ readings }), { authorization: 'Bearer one-crane' }));
		expect(answer).toMatchObject({
			accepted: 1,
			rejected: [
				{ index: 1, code: 'not-allowed' },
				{ index: 2, code: 'not-allowed' },
			],
		});
	});

	describe('answers in the one shape of an error', () => {
		const valid = JSON.stringify({ readings: [] });
		test.each<[string, string | Buffer, Record<string, string>, number, string]>([
			['without a token', valid, { authorization: '' }, 401, 'not-signed-in'],
			['with a token nobody knows', valid, { authorization: 'Bearer nobody' }, 401, 'not-signed-in'],
			['with a token that may only read', valid, { authorization: 'Bearer reader' }, 403, 'forbidden'],
			['to what is no JSON', '{"readings":[', {}, 422, 'bad-input'],
			['to an empty body', '', {}, 422, 'bad-input'],
			['to another JSON', '[1,2]', {}, 422, 'bad-input'],
			['to null', 'null', {}, 422, 'bad-input'],
			['to nesting a hundred thousand deep', '['.repeat(100_000), {}, 422, 'bad-input'],
			['to damaged gzip', gzipSync(valid).subarray(0, 12), { 'content-encoding': 'gzip' }, 422, 'bad-input'],
			['to what claims to be gzip', valid, { 'content-encoding': 'gzip' }, 422, 'bad-input'],
			['to another encoding', valid, { 'content-encoding': 'br' }, 422, 'bad-input'],
			[
				'to a body that inflates without end',
				gzipSync(Buffer.alloc(32 * 1024 * 1024)),
				{ 'content-encoding': 'gzip' },
				413,
				'too-large',
			],
			[
				'to too many readings',
				JSON.stringify({ readings: Array.from({ length: 10_001 }, () => 1) }),
				{},
				413,
				'too-large',
			],
		])('%s', async (_, body, headers, status, code) => {
			const answer = await answerOf(await post(body as BodyInit, headers));
			expect(answer).toMatchObject({ status, error: { code, message: expect.any(String) as string } });
		});

		test('and goes on when a sender hangs up in the middle', async () => {
			await new Promise<void>((resolve) => {
				const cut = httpRequest(url, {
					method: 'POST',
					headers: { authorization: 'Bearer gateway', 'content-length': '1000' },
				});
				cut.on('error', () => resolve());
				cut.write('{"readings":[');
				setTimeout(() => cut.destroy(), 50);
			});
			expect(await answerOf(await post(JSON.stringify({ readings: [reading()] })))).toEqual(ok(1));
		});
	});

	test('F-25 asks to come again when too much is waiting, and loses nothing of what it took', async () => {
		const many = () => Array.from({ length: 10_000 }, () => reading());
		const answers = await Promise.allSettled(Array.from({ length: 8 }, () => work.send(...many())));
		const taken = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value.accepted] : []));
		const refused = answers.flatMap((answer) =>
			answer.status === 'rejected' ? [(answer.reason as { code: string }).code] : [],
		);
		expect(taken.length).toBe(6);
		expect(refused).toEqual(['too-many', 'too-many']);
		expect(taken.every((accepted) => accepted === 10_000)).toBe(true);
	});
});
