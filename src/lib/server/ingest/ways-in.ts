// Every way in beside HTTP, opened and closed together: MQTT, the ports for stations and trackers, and what they share.

import { randomBytes } from 'node:crypto';
import { deviceRules } from '#db/rules/device.ts';
import { keepRules } from '#db/rules/reading.ts';
import { learnedIntervalS, skewS } from '#lib/domain/device/habit.ts';
import type { TokenCheck } from '../auth/token.ts';
import type { Config } from '../config.ts';
import type { Databases, Db } from '../db/connection.ts';
import { thinReadings } from '../jobs/thin-readings.ts';
import type { LiveDevice } from '../live/live-device.ts';
import { saveHabits } from '../repositories/device-mapping.ts';
import { serverKey } from '../repositories/notice.ts';
import type { Ingest } from './accept.ts';
import type { DeadLetters } from './dead-letters.ts';
import type { Mappings } from './mappings.ts';
import type { MqttDoor } from './mqtt/embedded-broker.ts';
import { openMqtt } from './mqtt/open-mqtt.ts';
import { createStills, type Stills } from './stills.ts';
import { openTcpPorts, type TcpDoors } from './tcp/open-ports.ts';

export interface WaysIn {
	mqtt: MqttDoor;
	tcp: TcpDoors;
	deadLetters: DeadLetters;
	mappings: Mappings;
	stills: Stills;
	/** Which doors of our own are open. */
	open(): { mqtt: boolean; hj212: boolean };
	/** What keeps a way in from working, in sentences. */
	problems(): string[];
	close(): Promise<void>;
}

export interface WaysInParts {
	config: Config;
	db: Db;
	tier: Databases['tier'];
	ingest: Ingest;
	deadLetters: DeadLetters;
	mappings: Mappings;
	devices: ReadonlyMap<string, LiveDevice>;
	tokens: Pick<TokenCheck, 'check' | 'peek'>;
	/** Whether other processes take in what comes when this one has stopped. */
	hasOthers: () => boolean;
	onFault: (error: unknown) => void;
	say: (line: string) => void;
	now: () => number;
}

const THIN_EVERY_MS = 3_600_000;
const LEARN_EVERY_MS = 10 * 60_000;

export async function openWaysIn(parts: WaysInParts): Promise<WaysIn> {
	const { config, db, tier, ingest, deadLetters, mappings, devices, tokens, onFault, say, now } = parts;
	const stills = createStills(db, devices, now);
	const intake = { ingest, deadLetters, stills, mappings, now };
	const mqtt = await openMqtt(config, intake, tokens, { hasOthers: parts.hasOthers, onFault, say });
	const fresh = () => ({ publicKey: '', privateKey: randomBytes(32).toString('hex') });
	const { privateKey: secret } = await serverKey(db, 'jt808', fresh, new Date(now()));
	const tcp = await openTcpPorts(config, intake, secret, { onFault, say });

	const chores = setInterval(() => {
		learn(db, devices, now()).catch(onFault);
		deadLetters.trim().catch(onFault);
		mappings.refresh().catch(onFault);
	}, LEARN_EVERY_MS);
	chores.unref();

	let isOpen = true;
	let thinning: Promise<unknown> | undefined;
	const thin = setInterval(() => {
		thinning ??= thinReadings(db, keepRules[tier], new Date(now()), () => isOpen)
			.catch(onFault)
			.finally(() => (thinning = undefined));
	}, THIN_EVERY_MS);
	thin.unref();

	return {
		...{ mqtt, tcp, deadLetters, mappings, stills },
		open: () => ({
			mqtt: !config.MQTT_URL && !Number.isNaN(config.MQTT_PORT) && config.ROLE !== 'web' && !mqtt.problem(),
			hj212: tcp.isOpen('HJ 212'),
		}),
		problems: () => [mqtt.problem(), ...tcp.problems()].filter((problem) => problem !== undefined),
		async close() {
			clearInterval(chores);
			clearInterval(thin);
			isOpen = false;
			await thinning;
			await mqtt.close(parts.hasOthers());
			await tcp.close();
			await learn(db, devices, now()).catch(onFault);
			await deadLetters.close();
		},
	};
}

/** Puts what was learned of devices into effect, and keeps it for the next start. */
export async function learn(db: Db, devices: ReadonlyMap<string, LiveDevice>, nowMs: number): Promise<void> {
	const learned = [...devices.values()].flatMap((device) => {
		const intervalS = learnedIntervalS(device.habit, deviceRules.habit, device.registeredS);
		const skew = skewS(device.habit, deviceRules.habit);
		if (intervalS !== undefined) device.intervalS = intervalS;
		const { flats, lastMs } = device.habit;
		const standing = flats.entries().filter(([, { sinceMs }]) => lastMs - sinceMs >= LEARN_EVERY_MS);
		if (intervalS === undefined && skew === undefined && standing.length === 0) return [];
		const row = { deviceId: device.id, intervalS: intervalS ?? null, skewS: skew ?? null };
		return [{ ...row, flats: Object.fromEntries(standing) }];
	});
	for (let i = 0; i < learned.length; i += ROWS) await saveHabits(db, learned.slice(i, i + ROWS), new Date(nowMs));
}

const ROWS = 1000;
