// Travel times with a router's recorded answers behind a local stub: asked once, remembered, and replaced by an estimate
// that says so when the router fails.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { named } from '#lib/server/outbound/allow-list.ts';
import { createOutbound } from '#lib/server/outbound/outbound.ts';
import { osrmRoute } from '#lib/server/travel/osrm.ts';
import { travelTimes, type Router } from '#lib/server/travel/travel-times.ts';
import { onBoth } from './both.ts';

const NOW = new Date('2026-11-20T00:30:00Z');
const PLACES: [number, number][] = [
	[120.26, 30.18],
	[120.3, 30.2],
	[120.28, 30.16],
];
/** Seconds and metres as an OSRM 5.27 server answers `table`; the last place cannot be reached from the second. */
const RECORDED = {
	code: 'Ok',
	durations: [
		[0, 612.4, 418.9],
		[640.1, 0, null],
		[430.2, 701.3, 0],
	],
	distances: [
		[0, 6120.5, 4020.2],
		[6410.8, 0, null],
		[4100.1, 7012.9, 0],
	],
};

let stub: Server;
let router: Router;
let asked: string[] = [];
let answer: { status: number; body: unknown } = { status: 200, body: RECORDED };

beforeAll(async () => {
	stub = createServer((request, response) => {
		asked.push(request.url ?? '');
		response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
	});
	await new Promise<void>((resolve) => stub.listen(0, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${(stub.address() as AddressInfo).port}`;
	router = { url, outbound: createOutbound(named([url])) };
});
afterAll(() => new Promise((resolve) => stub.close(resolve)));

onBoth('travel times', (database) => {
	test('without a router are an estimate, and say so', async () => {
		const times = await travelTimes(database().ingest, PLACES, undefined, NOW);
		expect(times).toMatchObject({ kind: 'estimate', tables: undefined, note: null });
	});

	test('a router that fails is said to have failed', async () => {
		answer = { status: 400, body: { code: 'TooBig', message: 'Too many table coordinates' } };
		const times = await travelTimes(database().ingest, PLACES, router, NOW);
		expect(times.kind).toBe('estimate');
		expect(times.note).toContain('Too many table coordinates');
	});

	test('are the router’s, asked once and remembered; where it knows no road the estimate stands in', async () => {
		answer = { status: 200, body: RECORDED };
		asked = [];
		const { kind, tables } = await travelTimes(database().ingest, PLACES, router, NOW);
		expect(kind).toBe('osrm');
		expect(asked[0]).toMatch(/^\/table\/v1\/driving\/120\.260000,30\.180000;.*annotations=duration%2Cdistance/);
		expect(tables!.minutes![0]![1]).toBeCloseTo(612.4 / 60);
		expect(tables!.km![1]![0]).toBeCloseTo(6.4108);
		expect(tables!.minutes![1]![2]).toBeGreaterThan(1);

		const two = PLACES.slice(0, 2);
		asked = [];
		expect((await travelTimes(database().ingest, two, router, NOW)).tables!.km![0]![1]).toBeCloseTo(6.1205);
		expect(asked).toEqual([]);
	});

	test('a route is a line along roads', async () => {
		answer = { status: 200, body: { code: 'Ok', routes: [{ geometry: { coordinates: [...PLACES] } }] } };
		expect(await osrmRoute(router.outbound, router.url, PLACES)).toEqual(PLACES);
	});
});
