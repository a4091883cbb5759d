// Polled feeds: a service of our own answers as the world's do, late, again, broken and not at all.

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FeedEdit } from '#lib/contract/flood-source.ts';
import type { Person } from '#lib/domain/access/principal.ts';
import { editFeed } from '#lib/server/commands/edit-feed.ts';
import { pollFeed } from '#lib/server/flood/poll-feed.ts';
import { fromLngLat } from '#lib/server/db/geo.ts';
import type { Db } from '#lib/server/db/connection.ts';
import { createOutbound, type Outbound } from '#lib/server/outbound/outbound.ts';
import { parseAllowList } from '#lib/server/outbound/allow-list.ts';
import { feeds } from '#lib/server/repositories/weather-feed.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from './both.ts';

const cap = (name: string) => readFileSync(`test/files/cap/${name}.good.xml`, 'utf8');
const usgs = readFileSync('test/files/water/usgs-iv.json', 'utf8');
const at = (clock: string) => new Date(`2026-07-10T${clock}:00+08:00`);
const analyst: Person = {
	...{ kind: 'person', id: randomUUID(), name: '何敏', isDemo: false },
	grants: [{ role: 'analyst', area: '330109', layers: ['public', 'supervision'] }],
};

onBoth('polled feeds', (database) => {
	const db = (): Db => database().ingest;
	let service: Server;
	let outbound: Outbound;
	let base = '';
	let says: { status: number; body: string; headers?: Record<string, string> } = { status: 200, body: '' };
	let asked: (string | undefined)[] = [];
	let nowMs = +at('08:10');

	const put = async (feed: Partial<FeedEdit>, id = randomUUID()) => {
		const whole = { name: '气象台', form: 'cap', url: `${base}/cap`, everyS: 300, isOn: true, mapping: null, ...feed };
		const caller = { principal: analyst, address: null, now: new Date(nowMs) };
		expect(await editFeed(db(), outbound, caller, id, whole as FeedEdit)).toEqual({ ok: true });
		return id;
	};
	const poll = (id?: string) =>
		pollFeed(db(), outbound, { district: '330109', districtName: '萧山区', cityName: '杭州市', now: () => nowMs }, id);
	const only = async () => (await feeds(db(), new Date(nowMs)))[0]!;
	const states = async () =>
		(await db().selectFrom('weather_signal').select(['state', 'colour']).execute()).map(({ state, colour }) =>
			`${state} ${colour ?? ''}`.trim(),
		);

	beforeAll(async () => {
		await aRegister(db()).withTown('330109001', '城厢街道', [120.2, 30.15]).build();
		service = createServer((request, response) => {
			asked.push(request.headers['if-none-match']);
			response.writeHead(says.status, says.headers);
			response.end(says.body);
		});
		await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
		const { port } = service.address() as AddressInfo;
		base = `http://127.0.0.1:${port}`;
		outbound = createOutbound(parseAllowList(`127.0.0.1:${port}`));
	});
	afterAll(() => service.close());
	beforeEach(async () => {
		asked = [];
		nowMs = +at('08:10');
		for (const table of ['weather_feed', 'weather_signal_message', 'weather_signal'] as const)
			await db().deleteFrom(table).execute();
	});

	describe('signals', () => {
		test('are taken once, however often the feed says them', async () => {
			await put({});
			says = { status: 200, body: cap('issue') };
			expect(await poll()).toMatchObject({ ok: true, heard: { taken: 1, repeated: 0, refused: 0 } });
			nowMs += 300_000;
			expect(await poll()).toMatchObject({ ok: true, heard: { taken: 0, repeated: 1, refused: 0 }, events: [] });
			expect(await states()).toEqual(['active yellow']);
		});

		test('a change that comes before its issue, and the issue late, give the changed signal', async () => {
			await put({});
			says = { status: 200, body: cap('update') };
			await poll();
			nowMs += 300_000;
			says = { status: 200, body: cap('issue') };
			await poll();
			expect(await states()).toEqual(['active orange']);
		});

		test('an answer that is the one of before is not read again', async () => {
			await put({});
			says = { status: 200, body: cap('issue'), headers: { etag: '"7"' } };
			await poll();
			nowMs += 300_000;
			says = { status: 304, body: '' };
			expect(await poll()).toMatchObject({ ok: true, heard: null });
			expect(asked).toEqual([undefined, '"7"']);
			expect((await only()).answeredAt).toBe(new Date(nowMs).toISOString());
		});

		test('a list of a public service speaks through its mapping', async () => {
			const mapping = {
				...{
					list: 'data.alarms',
					id: 'id',
					issuedAt: 'at',
					kind: 'what',
					colour: 'level',
					liftedAt: '',
					expiresAt: '',
				},
				...{ text: 'text', headline: '', areas: ['area'], issuer: 'by', zone: '+08:00' },
			};
			await put({ form: 'json', mapping });
			const alarm = (id: string, area: string) => ({
				...{
					id,
					at: '2026-07-10 08:00:00',
					what: '暴雨',
					level: '红色',
					text: `${area}暴雨红色预警`,
					area,
					by: '气象台',
				},
			});
			says = {
				status: 200,
				body: JSON.stringify({ data: { alarms: [alarm('1', '萧山区'), alarm('2', '昭苏县'), {}] } }),
			};
			expect(await poll()).toMatchObject({ ok: true, heard: { taken: 1, repeated: 0, refused: 1 } });
			expect(await states()).toEqual(['active red']);
		});
	});

	test('stages of rivers in feet become metres at the station of that code; the others are refused one by one', async () => {
		await db()
			.insertInto('flood_station')
			.values({
				...{ id: randomUUID(), code: '01491000', kind: 'river', name: 'Choptank', expected_interval_s: 900 },
				location: fromLngLat([120.2, 30.1]),
				source_id: (await db().selectFrom('source').select('id').executeTakeFirstOrThrow()).id,
			} as never)
			.execute();
		await put({ form: 'usgs' });
		says = { status: 200, body: usgs };
		expect(await poll()).toMatchObject({ ok: true, heard: { taken: 5, refused: 5 } });
		const rows = await db().selectFrom('flood_station_reading').select('value').execute();
		expect(rows.map(({ value }) => value)).toContain(1.975);
	});

	describe('a feed that fails', () => {
		test.each([
			['answers with an error', { status: 503, body: '' }, /503/],
			['answers with a page instead of CAP', { status: 200, body: '<html><body>login</body></html>' }, /html/],
			['answers with a document type', { status: 200, body: '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>' }, /DOCTYPE/],
			['sends us elsewhere', { status: 302, body: '', headers: { location: 'http://169.254.169.254/' } }, /redirects/],
		])('%s: the reason is kept and nothing is taken', async (_, answer, reason) => {
			await put({});
			says = answer;
			expect(await poll()).toMatchObject({ ok: false });
			const feed = await only();
			expect(feed.fault).toMatch(reason);
			expect(feed.failedAt).toBe(new Date(nowMs).toISOString());
			expect(feed.answeredAt).toBeNull();
			expect(await states()).toEqual([]);
		});

		test('is asked more rarely each time, and as usual again once it answers', async () => {
			await put({});
			says = { status: 500, body: '' };
			await poll();
			nowMs += 300_000;
			expect(await poll()).toEqual({ ok: false, reason: 'not-found' });
			nowMs += 300_000;
			says = { status: 200, body: cap('issue') };
			expect(await poll()).toMatchObject({ ok: true });
			nowMs += 300_000;
			expect(await poll()).toMatchObject({ ok: true });
			expect((await only()).fault).toBeNull();
		});

		test('is told to be silent after three of its intervals, and not before', async () => {
			await put({});
			says = { status: 200, body: cap('issue') };
			await poll();
			nowMs += 900_000;
			expect((await only()).isSilent).toBe(false);
			nowMs += 1;
			expect((await only()).isSilent).toBe(true);
		});
	});

	test('two servers never ask the same feed at the same time', async () => {
		await put({});
		says = { status: 200, body: cap('issue') };
		const both = await Promise.all([poll(), poll()]);
		expect(both.filter(({ ok }) => ok)).toHaveLength(1);
		expect(asked).toHaveLength(1);
	});

	test('an address the settings do not allow is refused before it is kept', async () => {
		await expect(put({ url: 'http://169.254.169.254/latest/meta-data' })).rejects.toThrow(/OUTBOUND_ALLOW/);
		expect(await feeds(db(), new Date(nowMs))).toEqual([]);
	});
});
