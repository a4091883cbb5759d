// What a start makes sure of before the parts run: the demonstration district in an empty database, and its people.
// A database that people of a bureau have been set up in never gets a demonstration, whatever the settings say.

import { assertDemoIsLocal, reachable } from './auth/demo-local.ts';
import { ensureDemoPeople } from './auth/demo-people.ts';
import { ensureDemoRoster } from './auth/demo-roster.ts';
import { loadDemoAlarms } from './commands/load-demo-alarms.ts';
import { loadDemo } from './commands/load-demo.ts';
import { loadDemoFlood } from './commands/load-demo-flood.ts';
import { loadDemoPast } from './commands/load-demo-past.ts';
import type { Config } from './config.ts';
import type { Db } from './db/connection.ts';
import { transaction } from './db/transaction.ts';
import { Fault } from './errors.ts';
import { busiestTown, holdsDemo, isRegisterEmpty } from './repositories/demo.ts';
import { countPeople } from './repositories/person.ts';

type StartConfig = Pick<Config, 'DEMO' | 'DISTRICT' | 'HOST' | 'ORIGIN'>;

/**
 * @param log - told in words what is being loaded
 * @throws Fault forbidden when the demonstration could be reached from another machine
 */
export async function prepareDatabase(
	config: StartConfig,
	db: Db,
	now: Date,
	log: (line: string) => void,
): Promise<void> {
	await assertDemoIsLocal(config, db);
	if (config.DEMO === 'off') return;
	const people = await countPeople(db);
	const bureau = people - (await countPeople(db, { demo: true }));
	const isEmpty = await isRegisterEmpty(db);
	if (bureau > 0 || !(isEmpty || (await holdsDemo(db)))) return;

	if (isEmpty || people === 0) refuseToShow(config);
	if (isEmpty) {
		await loadDemo(db, now, log);
		await loadDemoPast(db, now, log);
		await loadDemoAlarms(db, now);
	}
	await loadDemoFlood(db, now);
	const town = (await busiestTown(db)) ?? config.DISTRICT;
	const area = { district: config.DISTRICT, town };
	await transaction(db, async (tx) => {
		if (people === 0) await ensureDemoPeople(tx, area, now);
		await ensureDemoRoster(tx, area, now);
	});
}

function refuseToShow(config: StartConfig): void {
	const wide = reachable(config);
	if (!wide) return;
	throw new Fault(
		'forbidden',
		wide,
		`演示账号没有密码，只允许本机访问，而设置为 ${wide}。正式使用请设 DEMO=off；看演示请用 HOST=127.0.0.1 且不设 ORIGIN · ` +
			`Demonstration accounts have no password and are for this machine only, but ${wide} is set. ` +
			'For real use set DEMO=off; for the demonstration use HOST=127.0.0.1 without ORIGIN.',
	);
}
