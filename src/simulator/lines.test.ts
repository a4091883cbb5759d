import { describe, expect, test } from 'vitest';
import type { Reading } from '#lib/contract/telemetry.ts';
import { hj212Frame } from './hj212-line.ts';
import { byDoor, doorOf, shutDoors, type Door } from './lines.ts';
import { messagesOf } from './mqtt-line.ts';

const TOKEN = `swt_${'0'.repeat(32)}_secret`;
const reading = (device: string, values: Reading['values'] = {}): Reading => ({
	...{ device, at: '2026-11-20T00:00:00.000Z', seq: 1, values },
});
const all = new Set<Door>(['http', 'mqtt', 'hj212']);
const http = new Set<Door>(['http']);

describe('doors', () => {
	test.each([
		['TC-0001', 'http'],
		['JK-0001', 'http'],
		['SC-0001', 'mqtt'],
		['HJ-0001', 'mqtt'],
		['AI-0001', 'mqtt'],
		['YC-330109202601010101', 'hj212'],
	] as const)('%s goes by %s, and over HTTP where that is shut', (device, door) => {
		expect(doorOf(device, all)).toBe(door);
		expect(doorOf(device, http)).toBe('http');
	});

	test('keep the order of their readings', () => {
		const said = ['SC-1', 'TC-1', 'SC-2', 'YC-1'].map((device) => reading(device));
		const names = [...byDoor(said, all)].map(([door, of]) => `${door}: ${of.map(({ device }) => device).join()}`);
		expect(names).toEqual(['mqtt: SC-1,SC-2', 'http: TC-1', 'hj212: YC-1']);
	});

	test('that are shut are told, open ones are not', () => {
		expect(shutDoors(all)).toEqual([]);
		expect(shutDoors(http).map((line) => line.slice(0, 7))).toEqual(['MQTT is', 'HJ 212 ']);
	});
});

describe('messages over MQTT', () => {
	const permitOf = (device: string) => (device.startsWith('SC') ? undefined : 'P-1');

	test('gather what goes through the gateway and give others their own topic', () => {
		const messages = messagesOf(
			[reading('SC-1'), reading('HJ-1', { welding: true }), reading('SC-2')],
			TOKEN,
			permitOf,
		);
		expect(messages.map(({ topic }) => topic)).toEqual([
			`t/${'0'.repeat(32)}/telemetry`,
			'site/P-1/hotWork/HJ-1/telemetry',
		]);
		expect((JSON.parse(messages[0]!.payload) as { readings: unknown[] }).readings).toHaveLength(2);
	});

	test('carry a picture with what a camera has seen, and none with a sign of life', () => {
		const [seen, here] = messagesOf(
			[reading('AI-1', { aiEvent: 'smoke', confidence: 0.9 }), reading('AI-1', { online: true })],
			TOKEN,
			permitOf,
		);
		expect(JSON.parse(seen!.payload)).toMatchObject({
			event: 'smoke',
			confidence: 0.9,
			image: expect.any(String) as string,
		});
		expect(JSON.parse(here!.payload)).not.toHaveProperty('image');
	});
});

describe('a frame of HJ 212', () => {
	test('says its length, its device, the local time and its values with their flags', () => {
		const frame = hj212Frame(reading('YC-9', { pm10: 71, noiseDb: 62.4 }));
		const segment = frame.slice(6, -6);
		expect(Number(frame.slice(2, 6))).toBe(segment.length);
		expect(segment).toContain('MN=YC-9;');
		expect(segment).toContain('CP=&&DataTime=20261120080000;a34002-Rtd=71,a34002-Flag=N;LA-Rtd=62.4,LA-Flag=N&&');
	});
});
