// What a camera reports over MQTT with its picture: one alarm, and a card that shows the picture.

import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { alarmCard } from '#lib/server/alarms/alarm-card.ts';
import { takeMessage } from '#lib/server/ingest/mqtt/take-message.ts';
import { alarmsInScope } from '#lib/server/repositories/alarm.ts';
import { stillWithBytes } from '#lib/server/repositories/still.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from '../database/both.ts';
import { AtWork } from './at-work.ts';

const PICTURE = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const HASH = createHash('sha256').update(Buffer.from(PICTURE, 'base64')).digest('hex');

onBoth('an event of a camera', (database) => {
	let work: AtWork;

	beforeEach(async () => {
		await aRegister(database().ingest)
			.withTown('330109001', '城厢街道', [120.27, 30.17])
			.withSite({ name: '工地', town: '330109001', at: [120.27, 30.17] })
			.withSiteDevice('工地', 'camera', 'AI-1')
			.build();
		work = await AtWork.start(database(), '2026-11-20T08:00:00Z');
	});
	afterEach(async () => {
		expect(work.faults).toEqual([]);
		await work.close();
		await sql`truncate town, source, device, reading, alarm, incident, still cascade`.execute(database().ingest);
	});

	const see = (event: string, image?: string) =>
		takeMessage(
			work.intake,
			'site/P/aiCamera/AI-1/telemetry',
			Buffer.from(
				JSON.stringify({
					deviceId: 'AI-1',
					ts: work.now.toISOString(),
					event,
					confidence: 0.93,
					...(image && { image }),
				}),
			),
		);
	async function alarms() {
		await work.live.outbox.drained();
		return (await alarmsInScope(database().read, SYSTEM, { limit: 10, after: 0 })).filter(
			({ condition }) => condition !== 'offline',
		);
	}
	const cardOf = (id: string) => alarmCard(database().read, work.live, SYSTEM, id, work.now.getTime());
	async function restart(): Promise<void> {
		const at = work.now.toISOString();
		await work.live.outbox.drained();
		await work.close();
		work = await AtWork.start(database(), at);
	}

	test('with a picture is an alarm whose card names the picture by its hash', async () => {
		await see('smoke', `data:image/png;base64,${PICTURE}`);
		const [alarm, ...others] = await alarms();
		expect(others).toEqual([]);
		expect(alarm).toMatchObject({ deviceId: 'AI-1', condition: 'cameraFire', level: 'danger', value: 93 });
		expect(work.levelOf('工地')).toBe('danger');
		const card = await cardOf(alarm!.id);
		expect(card!.stills).toEqual([
			{ id: expect.any(String) as string, at: '2026-11-20T08:00:00.000Z', event: 'smoke', sha256: HASH },
		]);
		const still = await stillWithBytes(database().read, SYSTEM, card!.stills[0]!.id);
		expect(still).toMatchObject({ contentType: 'image/png', sha256: HASH });
	});

	test('and another of the same second, without a number, are two alarms; the same one twice is one', async () => {
		await see('noHelmet');
		await see('smoke');
		await see('smoke');
		const found = await alarms();
		expect(found.map(({ condition }) => condition).sort()).toEqual(['cameraFire', 'cameraProtection']);
		expect(found.find(({ condition }) => condition === 'cameraFire')!.count).toBe(1);
	});

	test('of another kind is another alarm, and each card shows its own pictures', async () => {
		await see('smoke', PICTURE);
		work.pass(1);
		await see('noHelmet');
		const found = await alarms();
		const stills = await Promise.all(found.map(async ({ id }) => (await cardOf(id))!.stills.length));
		expect(Object.fromEntries(found.map(({ condition }, i) => [condition, stills[i]]))).toEqual({
			cameraFire: 1,
			cameraProtection: 0,
		});
	});

	test('again within ten minutes is the same alarm, counted', async () => {
		await see('intrusion', PICTURE);
		work.pass(300);
		await see('intrusion');
		work.pass(40);
		expect(await alarms()).toMatchObject([{ condition: 'cameraIntrusion', count: 2, clearedAt: null }]);
	});

	test.each([
		['never', false],
		['after a restart', true],
	])(
		'is over ten minutes later by itself, although the camera says nothing more (restarted: %s)',
		async (_, isRestarted) => {
			await see('intrusion');
			work.pass(200);
			if (isRestarted) await restart();
			work.pass(390);
			expect(await alarms()).toMatchObject([{ clearedAt: null }]);
			work.pass(15);
			expect(await alarms()).toMatchObject([{ condition: 'cameraIntrusion', clearedAt: expect.any(Date) as Date }]);
			expect(work.levelOf('工地')).not.toBe('warning');
		},
	);

	test('of fire stays until a person has seen it', async () => {
		await see('fire');
		work.pass(3600);
		expect(await alarms()).toMatchObject([{ condition: 'cameraFire', clearedAt: null }]);
	});
});
