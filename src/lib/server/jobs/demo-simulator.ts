// Starts the simulator where there is a demonstration district to play. Its keys are made anew at each start and are
// known to nobody else; those of earlier starts are revoked.

import { publicAddress } from '../address.ts';
import { createToken } from '../commands/create-token.ts';
import { revokeToken } from '../commands/revoke-token.ts';
import type { Config } from '../config.ts';
import type { Db } from '../db/connection.ts';
import { listTokens } from '../repositories/token.ts';
import { startSimulator } from './simulator.ts';

const NAME = 'simulator';

/** @returns undefined where nothing is to be simulated */
export async function startDemoSimulator(
	config: Pick<Config, 'SIMULATOR' | 'HOST' | 'PORT' | 'MQTT_URL' | 'MQTT_PORT' | 'HJ212_PORT' | 'DEVICE_HOST'>,
	/** Which of the ports for devices are open. */
	open: { mqtt: boolean; hj212: boolean },
	db: Db,
	now: Date,
	log: (line: string) => void,
): Promise<{ stop(): Promise<void> } | undefined> {
	const { SIMULATOR, HOST, PORT, MQTT_URL, MQTT_PORT, HJ212_PORT, DEVICE_HOST } = config;
	if (SIMULATOR !== 'on') return undefined;
	const demo = db.selectFrom('source').select('id').where('kind', '=', 'demo').where('undone_at', 'is', null);
	if (!(await demo.limit(1).executeTakeFirst())) return undefined;

	for (const { id, name, revokedAt } of await listTokens(db))
		if (name === NAME && !revokedAt) await revokeToken(db, { operator: true, now }, id);
	const keyFor = async (scope: 'ingest' | 'read'): Promise<string> => {
		const made = await createToken(db, { operator: true, now }, { name: NAME, scope });
		if (!made.ok) throw new Error(`No key for the simulator: ${made.reason}.`);
		return made.bearer;
	};
	const [token, readToken] = [await keyFor('ingest'), await keyFor('read')];
	const deviceHost = DEVICE_HOST === '0.0.0.0' || DEVICE_HOST === '::' ? '127.0.0.1' : DEVICE_HOST;
	return startSimulator({
		...{ url: publicAddress({ HOST, PORT, ORIGIN: '' }), token, readToken, log },
		// Never at the bureau's broker, nor at whatever else listens on a port we could not have.
		...(open.mqtt && !MQTT_URL && { mqtt: `mqtt://${deviceHost}:${MQTT_PORT}` }),
		...(open.hj212 && { hj212: `${deviceHost}:${HJ212_PORT}` }),
	});
}
