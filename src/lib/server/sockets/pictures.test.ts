import { beforeEach, describe, expect, it } from 'vitest';
import { SYSTEM, type Scope } from '#lib/domain/access/scope.ts';
import { decodePicture } from '#lib/domain/picture/decode.ts';
import type { LiveObject } from '../live/live-device.ts';
import { LiveState } from '../live/live-state.ts';
import { Places } from '../live/places.ts';
import { Pictures } from './pictures.ts';

const TOWNS = ['330109001', '330109002'];
const NOW = Date.parse('2026-07-01T08:00:00Z');

const object = (no: number): LiveObject => ({
	...{ no, kind: 'towerCrane', id: `m${no}`, name: `${no}#`, at: [120.2 + no / 1000, 30.1], place: 0 },
	...{ siteId: 's', siteName: '工地', townCode: TOWNS[no % 2] ?? null, gridCode: null, isPlanned: false },
	...{ holder: null, holds: [], devices: [], watched: null },
});
const town = (code: string): Scope => ({ kind: 'areas', areas: [code], layers: ['public'] });

let state: LiveState;
let pictures: Pictures;
beforeEach(() => {
	state = new LiveState();
	state.replace([object(1), object(2), object(3)]);
	pictures = new Pictures(state, new Places(state));
});

const shown = (scope: Scope) => [...decodePicture(pictures.of(scope, NOW, 7)).no].sort();

describe('the whole picture for browsers that come', () => {
	it('is cut once for all that come before the next round', () => {
		expect(pictures.of(SYSTEM, NOW, 7)).toBe(pictures.of(SYSTEM, NOW + 50, 7));
	});

	it('is cut anew after a round of moving state, which it would miss otherwise', () => {
		const before = pictures.of(SYSTEM, NOW, 7);
		state.setLevel(state.byNo.get(2)!, 'danger');
		state.takeChanged();
		pictures.forget();
		expect(pictures.of(SYSTEM, NOW, 7)).not.toEqual(before);
	});

	it('is cut anew when an event was told, so that its cursor never lies behind the rooms', () => {
		expect(decodePicture(pictures.of(SYSTEM, NOW, 7)).cursor).toBe(7);
		expect(decodePicture(pictures.of(SYSTEM, NOW, 8)).cursor).toBe(8);
	});

	it('of one town is not given to another', () => {
		expect(shown(SYSTEM)).toEqual([1, 2, 3]);
		expect(shown(town(TOWNS[0]!))).toEqual([2]);
		expect(shown(town(TOWNS[1]!))).toEqual([1, 3]);
	});

	it('is cut anew when the register was read again', () => {
		expect(shown(SYSTEM)).toEqual([1, 2, 3]);
		state.replace([object(1), object(4)]);
		expect(shown(SYSTEM)).toEqual([1, 4]);
	});
});
