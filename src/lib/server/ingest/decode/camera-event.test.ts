import { describe, expect, test } from 'vitest';
import { cameraRules } from '#db/rules/camera.ts';
import { cameraEvent } from './camera-event.ts';

describe('what a camera calls a thing', () => {
	test.each([
		['no_helmet', 'noHelmet'],
		['NO-HELMET', 'noHelmet'],
		['未佩戴安全帽', 'noHelmet'],
		['明火', 'fire'],
		['Smoke', 'smoke'],
		['区域入侵', 'zoneIntrusion'],
		['蹲下', '蹲下'],
		['constructor', 'constructor'],
	])('%s is %s', (said, known) => {
		expect(cameraEvent(said)).toBe(known);
	});

	test('every event a rule looks for keeps its name', () => {
		for (const { events } of Object.values(cameraRules))
			for (const name of events!) expect(cameraEvent(name)).toBe(name);
	});
});
