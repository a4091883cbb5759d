import { expect, test } from 'vitest';
import { readSettings } from './settings.ts';

test('one token does for both unless another is named', () => {
	const env = { SITEWATCH_URL: 'http://127.0.0.1:3000', SITEWATCH_TOKEN: 'a' };
	expect(readSettings(env)).toEqual({
		url: 'http://127.0.0.1:3000',
		token: 'a',
		mqttUrl: '',
		hj212: '',
		readToken: 'a',
		seed: '1',
		hours: 'shanghai',
		endsWithParent: false,
	});
	expect(readSettings({ ...env, SITEWATCH_READ_TOKEN: 'b', SIMULATOR_ENDS_WITH_PARENT: '1' })).toMatchObject({
		readToken: 'b',
		endsWithParent: true,
	});
});

test('everything that is wrong is told at once', () => {
	expect(() => readSettings({ SITEWATCH_URL: 'here', SIMULATOR_HOURS: 'night' })).toThrow(
		/SITEWATCH_URL.*SITEWATCH_TOKEN.*SIMULATOR_HOURS/s,
	);
});
