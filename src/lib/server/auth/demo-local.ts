// Demonstration accounts have no passwords; whoever reaches the server can use them. So the server keeps to its own
// machine as long as there are any.

import type { Config } from '../config.ts';
import type { Db } from '../db/connection.ts';
import { isLoopback } from '../doors/host.ts';
import { Fault } from '../errors.ts';
import { countPeople } from '../repositories/person.ts';

/** @throws Fault forbidden, one sentence, when demonstration accounts could be reached from another machine */
export async function assertDemoIsLocal(config: Pick<Config, 'HOST' | 'ORIGIN'>, db: Db): Promise<void> {
	const wide = reachable(config);
	if (!wide) return;
	const people = await countPeople(db, { demo: true, enabled: true });
	if (people === 0) return;
	throw new Fault(
		'forbidden',
		wide,
		`数据库中有 ${people} 个演示账号，只允许本机访问，而设置为 ${wide}。请改回 HOST=127.0.0.1 并去掉 ORIGIN；` +
			'正式使用请设 DEMO=off 并换用新的数据库，或先停用演示账号：npm run sitewatch -- user disable --demo · ' +
			`The database holds ${people} demonstration accounts, which are for this machine only, but ${wide} is set. ` +
			'Go back to HOST=127.0.0.1 without ORIGIN; for real use set DEMO=off with a new database, or disable the accounts: ' +
			'npm run sitewatch -- user disable --demo',
	);
}

/** The setting that opens the server to other machines, as written; undefined when it keeps to itself. */
export function reachable({ HOST, ORIGIN }: Pick<Config, 'HOST' | 'ORIGIN'>): string | undefined {
	if (!isLoopback(HOST)) return `HOST=${HOST}`;
	return ORIGIN && !isLoopback(new URL(ORIGIN).hostname) ? `ORIGIN=${ORIGIN}` : undefined;
}
