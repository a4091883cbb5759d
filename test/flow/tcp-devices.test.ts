import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeJt808 } from '#lib/server/ingest/decode/jt808-frame.ts';
import { hj212, jt808 } from '#lib/server/ingest/tcp/protocols.ts';
import { serveFrames, type FrameDoor } from '#lib/server/ingest/tcp/serve-frames.ts';
import { deadLetters } from '#lib/server/repositories/dead-letter.ts';
import { saveDeviceMapping } from '#lib/server/repositories/device-mapping.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from '../database/both.ts';
import { AtWork } from './at-work.ts';

const FRAMES = join(import.meta.dirname, '../frames');
const frame = (name: string) => readFileSync(join(FRAMES, `${name}.frame`), 'latin1');
const bytes = (name: string) => Buffer.from(frame(name).replace(/\s/g, ''), 'hex');

class Line {
	readonly socket: Socket;
	heard = Buffer.alloc(0);

	constructor(port: number) {
		this.socket = connect({ port, host: '127.0.0.1' });
		this.socket.on('data', (chunk) => (this.heard = Buffer.concat([this.heard, chunk])));
	}

	async says(...parts: (Buffer | string)[]): Promise<void> {
		for (const part of parts) {
			this.socket.write(part);
			await sleep(20);
		}
	}

	async hears(length: number): Promise<Buffer> {
		for (let i = 0; i < 200 && this.heard.length < length; i++) await sleep(20);
		const heard = this.heard;
		this.heard = Buffer.alloc(0);
		return heard;
	}
}

const PHONE = '13800000001';

/** Registers, and says the code it is given. */
async function signIn(line: Line): Promise<void> {
	await line.says(bytes('jt808/made-register'));
	const answer = await line.hears(20);
	expect(answer.subarray(1, 3).toString('hex')).toBe('8100');
	const code = answer.subarray(16, -2).toString('ascii');
	await line.says(authenticate(code));
	expect(resultOf(await line.hears(20))).toBe(0);
}
const authenticate = (code: string) =>
	Buffer.from(writeJt808(0x0102, { isV2019: false, phone: PHONE, serial: 8 }, Buffer.from(code, 'ascii')));
/** Of a general answer; 0 is done. */
const resultOf = (answer: Buffer) => {
	expect(answer.subarray(1, 3).toString('hex')).toBe('8001');
	return answer.at(-3);
};

onBoth('devices over TCP', (database) => {
	let work: AtWork;
	let dust: FrameDoor;
	let trackers: FrameDoor;

	beforeAll(async () => {
		await aRegister(database().ingest)
			.withSite({ name: '工地', town: null, at: [120.27, 30.17] })
			.withCrane({ site: '工地', record: 'A', device: 'YC-1' })
			.withCrane({ site: '工地', record: 'B', device: '13800000001' })
			.build();
		const changed = { reason: 'test', changedAt: new Date(), changedBy: 'test' };
		await saveDeviceMapping(database().ingest, {
			...{ protocol: 'hj212', externalId: 'YC330109000001', deviceId: 'YC-1', settings: {}, ...changed },
		});
		work = await AtWork.start(database(), '2026-11-20T00:01:00Z');
		const { intake } = work;
		const shared = { port: 0, host: '127.0.0.1', intake, onFault: (error: unknown) => void work.faults.push(error) };
		const now = () => work.now.getTime();
		dust = await serveFrames({ ...shared, protocol: hj212(intake.mappings, now) });
		trackers = await serveFrames({ ...shared, protocol: jt808(intake.mappings, now, 'secret of this house') });
	});
	afterAll(async () => {
		await dust.close();
		await trackers.close();
		await work.close();
		expect(work.faults).toEqual([]);
	});

	const stored = async (device: string) => {
		const { rows } = await sql<{ values: Record<string, unknown>; at: Date }>`
			select values, observed_at as at from reading join device on no = device_no where device.id = ${device}
			order by observed_at`.execute(database().read);
		return rows;
	};

	test('a dust station whose frames come joined and split is read, stored and answered', async () => {
		const line = new Line(dust.port);
		const one = `${frame('hj212/made-real-time')}\r\n`;
		const two = `${frame('hj212/made-flag-d-fault').replaceAll('20261120080000;', '20261120080000;')}\r\n`;
		await line.says(one + two.slice(0, 40), two.slice(40, 90), two.slice(90));
		const answers = (await line.hears(170)).toString('latin1');
		expect(answers.match(/CN=9014/g)).toHaveLength(2);
		const rows = await stored('YC-1');
		expect(rows).toHaveLength(1);
		expect(rows[0]!.values).toMatchObject({ pm25: 38.2, pm10: 71.5, noiseDb: 62.4 });
		line.socket.destroy();
	});

	test('the moment, the minute and both parts of a split minute under one DataTime are all stored', async () => {
		const line = new Line(dust.port);
		const parts = ['made-real-time', 'made-minute', 'made-minute-part-2'].map(
			(name) => `${frame(`hj212/${name}`)}\r\n`,
		);
		await line.says(parts.join(''));
		expect((await line.hears(170)).toString('latin1').match(/CN=9014/g)).toHaveLength(2);
		const rows = await stored('YC-1');
		expect(rows).toHaveLength(3);
		expect(Object.assign({}, ...rows.map(({ values }) => values))).toMatchObject({
			...{ pm25: 38.2, 'pm10-Avg': 71.5, 'pm25-Avg': 36.5 },
		});
		await line.says(parts.join(''));
		expect((await line.hears(170)).toString('latin1').match(/CN=9014/g)).toHaveLength(2);
		expect(await stored('YC-1')).toHaveLength(3);
		line.socket.destroy();
	});

	test('noise and a frame with a wrong checksum are kept as dead letters and do not stop what follows', async () => {
		const line = new Line(dust.port);
		await line.says(`GET / HTTP/1.1\r\n${frame('hj212/made-bad-checksum')}\r\n${frame('hj212/made-real-time')}\r\n`);
		expect((await line.hears(70)).toString('latin1')).toContain('CN=9014');
		const kept = await deadLetters(database().read, { protocol: 'hj212', limit: 10 });
		expect(kept.map(({ reason }) => reason).sort()).toEqual(['bad-checksum', 'bad-frame']);
		line.socket.destroy();
	});

	test('a frame that says it is longer than it is takes no good frame behind it along', async () => {
		const line = new Line(dust.port);
		const at = (minute: string) =>
			frame('hj212/made-length-too-long').replaceAll('202611200800', `2026112008${minute}`);
		await line.says(`${at('01')}\r\n${frame('hj212/made-real-time')}\r\n`);
		const answer = (await line.hears(80)).toString('latin1');
		expect(answer.match(/CN=9014/g)).toHaveLength(1);
		const kept = await deadLetters(database().read, { protocol: 'hj212', limit: 10 });
		expect(kept.map(({ reason, externalId }) => [reason, externalId])).toContainEqual(['bad-length', 'YC330109000001']);
		line.socket.destroy();
	});

	test('a helmet registers, signs in, keeps its line alive and reports where it is', async () => {
		const line = new Line(trackers.port);
		await signIn(line);
		for (const name of ['made-heartbeat', 'made-2013-fixed-position']) {
			await line.says(bytes(`jt808/${name}`));
			expect(resultOf(await line.hears(20))).toBe(0);
		}
		const rows = await stored('13800000001');
		expect(rows.map(({ values }) => values)).toEqual([
			expect.objectContaining({ longitude: 113.995873, latitude: 22.591771 }),
		]);
		line.socket.destroy();
	});

	test('a terminal that has not said its code, or a wrong one, is refused and its positions are dead letters', async () => {
		const line = new Line(trackers.port);
		await line.says(bytes('jt808/made-south-west'));
		expect(resultOf(await line.hears(20))).toBe(1);
		await line.says(authenticate(PHONE));
		expect(resultOf(await line.hears(20))).toBe(1);
		await line.says(bytes('jt808/made-heartbeat'));
		expect(resultOf(await line.hears(20))).toBe(1);
		const kept = await deadLetters(database().read, { protocol: 'jt808', limit: 10 });
		expect(kept.map(({ reason }) => reason)).toEqual(['not-authenticated', 'not-authenticated']);
		line.socket.destroy();
	});

	test('a batch in sub-packets, byte by byte, is put together', async () => {
		const whole = bytes('jt808/made-batch-of-three');
		const body = Buffer.from(whole.toString('hex').replaceAll('7d02', '7e').replaceAll('7d01', '7d'), 'hex').subarray(
			13,
			-2,
		);
		const line = new Line(trackers.port);
		await signIn(line);
		const half = Math.ceil(body.length / 2);
		const parts = [body.subarray(0, half), body.subarray(half)].map((part, i) => {
			const header = Buffer.from([0x07, 0x04, 0x20 | (part.length >> 8), part.length & 0xff, 0x01, 0x38, 0, 0, 0, 1]);
			const rest = Buffer.from([0, 40 + i, 0, 2, 0, i + 1]);
			const inner = [...header, ...rest, ...part];
			inner.push(inner.reduce((check, byte) => check ^ byte, 0));
			const escaped = inner.flatMap((byte) => (byte === 0x7e ? [0x7d, 2] : byte === 0x7d ? [0x7d, 1] : [byte]));
			return Buffer.from([0x7e, ...escaped, 0x7e]);
		});
		for (const byte of Buffer.concat(parts)) line.socket.write(Buffer.from([byte]));
		expect((await line.hears(20)).subarray(1, 3).toString('hex')).toBe('8001');
		const rows = await stored('13800000001');
		expect(rows.map(({ at }) => at.toISOString())).toContain('2026-11-20T00:00:10.000Z');
		expect(rows.find(({ at }) => at.getUTCSeconds() === 20)!.values).not.toHaveProperty('longitude');
		line.socket.destroy();
	});

	test('a message whose last part came is asked for the others; what never comes is a dead letter', async () => {
		const line = new Line(trackers.port);
		await signIn(line);
		const part = (no: number) => {
			const inner = [0x07, 0x04, 0x20, 1, 0x01, 0x38, 0, 0, 0, 1, 0, 60 + no, 0, 3, 0, no, no];
			return Buffer.from([0x7e, ...inner, inner.reduce((check, byte) => check ^ byte, 0), 0x7e]);
		};
		await line.says(part(1), part(3));
		const asked = await line.hears(20);
		// The first part’s number, how many, and which.
		expect(asked.subarray(1, 3).toString('hex')).toBe('8003');
		expect(asked.subarray(13, -2).toString('hex')).toBe('003d010002');
		line.socket.destroy();
		await sleep(300);
		const kept = await deadLetters(database().read, { protocol: 'jt808', reason: 'bad-length', limit: 10 });
		expect(kept.map(({ detail }) => detail)).toContainEqual(expect.stringContaining('2 of 3'));
	});

	test('whoever sends nothing that can be read is hung up, and half a frame is kept', async () => {
		const line = new Line(dust.port);
		const isOver = new Promise((resolve) => line.socket.once('close', resolve));
		line.socket.on('error', () => undefined);
		line.socket.write(Buffer.alloc(400_000, 'x'));
		await isOver;
		const half = new Line(dust.port);
		await half.says(frame('hj212/made-real-time').slice(0, 100));
		half.socket.destroy();
		await sleep(300);
		const kept = await deadLetters(database().read, { protocol: 'hj212', reason: 'bad-frame', limit: 50 });
		expect(kept.map(({ detail }) => detail)).toContainEqual(expect.stringContaining('before the frame was all there'));
	});

	test('two frames that share one mark are both read', async () => {
		const one = writeJt808(0x0002, { isV2019: false, phone: '13800000001', serial: 5 }, new Uint8Array());
		const line = new Line(trackers.port);
		await line.says(Buffer.concat([one, one.subarray(1)]));
		expect((await line.hears(40)).length).toBe(40);
		line.socket.destroy();
	});
});
