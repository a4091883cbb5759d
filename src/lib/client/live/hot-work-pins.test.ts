import { describe, expect, test } from 'vitest';
import type { EventMessage } from '#lib/contract/events.ts';
import type { HotWorkPin } from '#lib/contract/hot-work.ts';
import { HotWorkPins } from './hot-work-pins.ts';

const pin = (deviceId: string, state: HotWorkPin['state'] = 'welding'): HotWorkPin => ({
	...{ deviceId, siteId: 's', siteName: '工地', at: [120.2, 30.1], isPlaced: true, state },
	...{ since: '2026-11-20T08:00:00Z', saidAt: '2026-11-20T08:00:00Z' },
});
const event = (data: HotWorkPin): EventMessage => ({
	...{ seq: 1, at: '2026-11-20T08:00:00Z', type: 'hotwork:changed', subject: { kind: 'device', id: data.deviceId } },
	data: { ...data },
});
const shown = ({ pins }: HotWorkPins) => [...pins.values()].map(({ deviceId, state }) => `${deviceId} ${state}`);

describe('pins of hot work', () => {
	test('come with an event, change with the next and go with the last', () => {
		const pins = new HotWorkPins();
		pins.applyEvents([event(pin('HJ-1')), event(pin('HJ-2'))]);
		pins.applyEvents([event(pin('HJ-1', 'unknown')), event(pin('HJ-2', 'gone'))]);
		expect(shown(pins)).toEqual(['HJ-1 unknown']);
	});

	test('that the list does not name any more are gone', async () => {
		const pins = new HotWorkPins();
		pins.applyEvents([event(pin('HJ-1'))]);
		await pins.read(() => Promise.resolve([pin('HJ-2')]));
		expect(shown(pins)).toEqual(['HJ-2 welding']);
	});

	test('of an event after the question are newer than the answer', async () => {
		const pins = new HotWorkPins();
		await pins.read(() => {
			pins.applyEvents([event(pin('HJ-1', 'gone')), event(pin('HJ-2', 'unknown'))]);
			return Promise.resolve([pin('HJ-1'), pin('HJ-2')]);
		});
		expect(shown(pins)).toEqual(['HJ-2 unknown']);
	});
});
