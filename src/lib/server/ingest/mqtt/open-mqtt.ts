// Chooses how MQTT comes in: the bureau's broker when there is one, else a broker of our own.

import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import type { TokenCheck } from '../../auth/token.ts';
import type { Config } from '../../config.ts';
import { portProblem } from '../port-problem.ts';
import { readBureauBroker } from './bureau-client.ts';
import { openBroker, type MqttDoor } from './embedded-broker.ts';
import type { MqttIntake } from './take-message.ts';

type MqttConfig = Pick<
	Config,
	'ROLE' | 'MQTT_URL' | 'MQTT_PORT' | 'MQTT_CONNECTIONS' | 'DEVICE_HOST' | 'PORT' | 'DATA_DIR'
>;

export interface MqttSurroundings {
	/** Whether other processes take in from the same broker. */
	hasOthers: () => boolean;
	onFault: (error: unknown) => void;
	say: (line: string) => void;
}

/** Never in the way of a start: a taken port is told in one sentence, and everything else goes on. */
export async function openMqtt(
	config: MqttConfig,
	intake: MqttIntake,
	tokens: Pick<TokenCheck, 'check' | 'peek'>,
	{ hasOthers, onFault, say }: MqttSurroundings,
): Promise<MqttDoor> {
	const { MQTT_URL: url, MQTT_PORT: port, MQTT_CONNECTIONS: connections, DEVICE_HOST: host } = config;
	// A process that serves pages takes no readings.
	if (config.ROLE === 'web') return NONE;
	if (url) {
		const instance = createHash('sha256')
			.update(`${hostname()}:${config.PORT}:${config.DATA_DIR}`)
			.digest('hex')
			.slice(0, 12);
		return readBureauBroker({ url, connections, instance, hasOthers, intake, onFault });
	}
	if (Number.isNaN(port)) return NONE;
	try {
		return await openBroker({ port, host, tokens, intake, onFault });
	} catch (error) {
		const problem = portProblem('MQTT', 'MQTT_PORT', port, host, error);
		say(problem);
		return { ...NONE, problem: () => problem };
	}
}

const NONE: MqttDoor = { problem: () => undefined, connections: () => 0, close: () => Promise.resolve() };
