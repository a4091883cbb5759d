// Links of orders go to the gateway once, again when more is ordered, signed as every message; what a flood reaches first
// is named by site; a field of rain as GeoTIFF lies on the slider at its own time.

import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeArrayBuffer } from 'geotiff';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from '#lib/domain/access/principal.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { declareResponse } from '#lib/server/commands/direct-response.ts';
import { orderMeasures } from '#lib/server/commands/order-measures.ts';
import { queueLinks } from '#lib/server/commands/queue-links.ts';
import { takeGrid } from '#lib/server/commands/take-water.ts';
import type { Db } from '#lib/server/db/connection.ts';
import { readGeoTiff } from '#lib/server/flood/read-geotiff.ts';
import { readFloodNow } from '#lib/server/flood/read-now.ts';
import { deliver } from '#lib/server/notify/deliver.ts';
import { parseAllowList } from '#lib/server/outbound/allow-list.ts';
import { createOutbound, type Outbound } from '#lib/server/outbound/outbound.ts';
import { linkDelivery } from '#lib/server/repositories/flood-link.ts';
import { gridMm } from '#lib/server/repositories/flood-water.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from './both.ts';

const DISTRICT = '330109';
const SECRET = 'gateway';
const at = (clock: string) => new Date(`2026-07-10T${clock}:00+08:00`);
const officer: Person = {
	...{ kind: 'person', id: randomUUID(), name: '沈岚', isDemo: false },
	grants: [{ role: 'dutyOfficer', area: DISTRICT, layers: ['public', 'supervision'] }],
};
const by = (clock: string) => ({ principal: officer, address: null, now: at(clock) });

onBoth('links of flood orders', (database) => {
	const db = (): Db => database().ingest;
	let gateway: Server;
	let outbound: Outbound;
	let webhook = '';
	let status = 200;
	const heard: { body: string; headers: IncomingHttpHeaders }[] = [];
	const links = () => queueLinks(db(), { webhook, origin: 'https://site.example' }, at('09:00'));
	const post = (clock: string) =>
		deliver(
			{ db: db(), outbound, secret: SECRET, keys: { publicKey: '', privateKey: '' }, contact: 'mailto:a@b.c' },
			() => at(clock),
		);
	const order = (clock: string) => orderMeasures(db(), DISTRICT, new Set(), 'test', at(clock));
	const declare = (level: 'IV' | 'III' | 'II' | 'I', clock: string) =>
		declareResponse(db(), by(clock), { issuer: '区防汛指挥部', level, areaCodes: [DISTRICT], note: '' });

	beforeAll(async () => {
		await aRegister(db())
			.withTown('330109001', '城厢街道', [120.2, 30.15])
			.withSite({ name: '塔机工地', town: '330109001', at: [120.2, 30.15] })
			.withCrane({ site: '塔机工地', record: '浙A-T-1', device: 'TC-1' })
			.withSite({ name: '基坑工地', town: '330109001', at: [120.205, 30.152] })
			.withPit({ site: '基坑工地', name: '1# 坑', depthM: 12 })
			.build();
		const { id } = await db().selectFrom('site').select('id').where('name', '=', '塔机工地').executeTakeFirstOrThrow();
		await db()
			.insertInto('flood_ledger_item')
			.values({
				...{ id: randomUUID(), site_id: id, kind: 'responsible', name: '防汛责任人', person: '周建国' },
				...{ phone: '13800000000', changed_at: at('07:00'), changed_by: 'test' },
			})
			.execute();
		gateway = createServer((request, response) => {
			let body = '';
			request.on('data', (piece: Buffer) => (body += piece.toString()));
			request.on('end', () => {
				if (status === 200) heard.push({ body, headers: request.headers });
				response.writeHead(status).end();
			});
		});
		await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
		const { port } = gateway.address() as AddressInfo;
		webhook = `http://127.0.0.1:${port}/sms`;
		outbound = createOutbound(parseAllowList(`127.0.0.1:${port}`));
	});
	afterAll(() => gateway.close());

	test('without a gateway nothing is queued', async () => {
		await declare('III', '08:50');
		expect((await order('08:51')).ordered).toBe(2);
		expect(await queueLinks(db(), { webhook: '', origin: '' }, at('08:52'))).toBe(0);
	});

	test('each order is told once, with who answers for the site, and signed', async () => {
		expect(await links()).toBe(2);
		expect(await links()).toBe(0);
		await post('09:01');
		const said = heard.map(({ body }) => JSON.parse(body) as Record<string, string>);
		expect(said.map(({ siteName }) => siteName).sort()).toEqual(['基坑工地', '塔机工地']);
		const crane = said.find(({ siteName }) => siteName === '塔机工地')!;
		expect(crane).toMatchObject({ kind: 'flood-order', person: '周建国', phone: '13800000000' });
		expect(crane['url']).toMatch(/^https:\/\/site\.example\/f\/[\w-]{20,}$/);
		const { body, headers } = heard[0]!;
		const [, seconds, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['x-sitewatch-signature']))!;
		expect(createHmac('sha256', SECRET).update(`${seconds}.${body}`).digest('hex')).toBe(mac);
	});

	test('an order that grows is told again; a gateway that is down is tried again, and the officer sees it', async () => {
		await declare('I', '09:30');
		expect((await order('09:31')).ordered).toBeGreaterThan(0);
		status = 503;
		expect(await links()).toBeGreaterThan(0);
		await post('09:32');
		const { id } = await db().selectFrom('flood_notice').select('id').limit(1).executeTakeFirstOrThrow();
		expect(await linkDelivery(db(), id)).toMatchObject({
			state: 'queued',
			error: expect.stringMatching(/503/) as string,
		});
		status = 200;
		await post('10:30');
		expect(await linkDelivery(db(), id)).toMatchObject({ state: 'received', error: null });
	});

	test('what a flood reaches first is named by site and kind, and nothing that is not there', async () => {
		const { objects } = await readFloodNow(db(), SYSTEM, at('10:00'));
		const sites = await db().selectFrom('site').select(['no', 'name']).execute();
		const kindsOf = (name: string) =>
			objects.filter(({ siteNo }) => siteNo === sites.find((one) => one.name === name)!.no).map(({ kind }) => kind);
		expect(kindsOf('塔机工地')).toEqual(['lifting']);
		expect(kindsOf('基坑工地')).toEqual(['deepPit']);
	});

	test('a field of rain as GeoTIFF lies on the slider at its own time, unknown cells unknown', async () => {
		const tiff: unknown = writeArrayBuffer(Float32Array.from([1, 2, 3, -9999]), {
			...{ width: 2, height: 2, GDAL_NODATA: '-9999', GTModelTypeGeoKey: 2, GTRasterTypeGeoKey: 1 },
			...{ GeographicTypeGeoKey: 4326, ModelPixelScale: [0.1, 0.1, 0], ModelTiepoint: [0, 0, 0, 120, 30.2, 0] },
		});
		const { values, ...shape } = await readGeoTiff(new Uint8Array((await tiff) as ArrayBuffer));
		const valid = { issuedAt: at('09:00').toISOString(), validAt: at('11:00').toISOString(), periodS: 3600 };
		const { id } = await takeGrid(db(), by('09:05'), {
			...{ product: '临近预报', isForecast: true, sourceName: '雷达', mm: values },
			...shape,
			...valid,
		});
		const { grids } = await readFloodNow(db(), SYSTEM, at('10:00'));
		expect(grids).toMatchObject([{ id, isForecast: true, validAt: valid.validAt, width: 2, height: 2 }]);
		expect(grids[0]!.bounds.map((edge) => Number(edge.toFixed(6)))).toEqual([120, 30, 120.2, 30.2]);
		expect([...(await gridMm(db(), id))!]).toEqual([1, 2, 3, NaN]);
	});
});
