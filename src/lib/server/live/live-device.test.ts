import { expect, test } from 'vitest';
import { reportsByItself } from './live-device.ts';

test.each([
	['a crane monitor', 'craneMonitor', { kind: 'towerCrane' }, true],
	['a dust station of a site', 'dustStation', { kind: 'site' }, true],
	['a welding machine, which speaks while it welds', 'hotWork', { kind: 'site' }, false],
	['the danger button of a pit, pressed by people', 'pitSensor', { kind: 'pit' }, false],
	['a box bound to nothing', 'craneMonitor', null, false],
] as const)('the silence of %s', (_, kind, object, says) => {
	expect(reportsByItself({ kind, object })).toBe(says);
});
