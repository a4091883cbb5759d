// What the simulator is told when it is started.

import type { Hours } from './hours.ts';

export interface Settings {
	url: string;
	/** Sends readings. */
	token: string;
	/** Reads the board; the same token unless another is named. */
	readToken: string;
	/** Broker of the platform, mqtt://host:port; empty: everything goes over HTTP. */
	mqttUrl: string;
	/** host:port of its HJ 212 port; empty: dust goes over HTTP. */
	hj212: string;
	seed: string;
	hours: Hours;
	/** End when standard input closes: the process that started this one is gone. */
	endsWithParent: boolean;
}

/** @throws Error that lists everything that is wrong */
export function readSettings(env: Record<string, string | undefined>): Settings {
	const problems: string[] = [];
	const { SITEWATCH_URL: url = '', SITEWATCH_TOKEN: token = '', SIMULATOR_HOURS: hours = 'shanghai' } = env;
	if (!URL.canParse(url)) problems.push(`SITEWATCH_URL must be an address like http://127.0.0.1:3000 (is “${url}”)`);
	if (token === '') problems.push('SITEWATCH_TOKEN must hold a bearer token');
	if (hours !== 'always' && hours !== 'shanghai')
		problems.push(`SIMULATOR_HOURS must be always or shanghai (is “${hours}”)`);
	const { SITEWATCH_MQTT: mqttUrl = '', SITEWATCH_HJ212: hj212 = '' } = env;
	if (mqttUrl !== '' && !/^mqtts?:\/\/[^/\s]+$/.test(mqttUrl))
		problems.push(`SITEWATCH_MQTT must be like mqtt://127.0.0.1:1883 (is “${mqttUrl}”)`);
	if (hj212 !== '' && !/^[^\s:]+:\d{1,5}$/.test(hj212))
		problems.push(`SITEWATCH_HJ212 must be like 127.0.0.1:6212 (is “${hj212}”)`);
	if (problems.length > 0) throw new Error(`设置有误 · These settings are wrong:\n  ${problems.join('\n  ')}`);
	return {
		url,
		token,
		readToken: env.SITEWATCH_READ_TOKEN || token,
		mqttUrl,
		hj212,
		seed: env.SIMULATOR_SEED || '1',
		hours: hours as Hours,
		endsWithParent: env.SIMULATOR_ENDS_WITH_PARENT === '1',
	};
}
