// Who joins the others on a database waits until each of them tells what it stores; for those that were killed it does not.

import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { joinCluster } from '#lib/server/cluster/cluster.ts';
import { birthOf, startOf } from '#lib/server/db/process-start.ts';
import { beat } from '#lib/server/repositories/process.ts';
import { onBoth } from './both.ts';

onBoth('joining', (database) => {
	const join = () =>
		joinCluster({ id: randomUUID(), role: 'both', db: database().alarm, onFault: (error) => expect(error).toBeNull() });

	test.runIf(process.platform === 'linux')('one that was killed on this machine is not waited for', async () => {
		const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)']);
		const pid = child.pid!;
		const birth = `${startOf(pid)} ${birthOf().split(' ')[2]}`;
		const other = { id: randomUUID(), role: 'both' as const, host: 'bureau', pid, birth };
		child.kill('SIGKILL');
		await once(child, 'exit');
		await beat(database().alarm, other, false);
		const cluster = await join();
		expect(cluster.peers()).toEqual([]);
		expect(cluster.shares()).toBe(false);
		await cluster.stop();
	});

	test('one that lives is a peer, and is told', async () => {
		const other = { id: randomUUID(), role: 'both' as const, host: 'bureau', pid: process.pid, birth: birthOf() };
		await beat(database().alarm, other, true);
		const cluster = await join();
		expect(cluster.peers()).toMatchObject([{ id: other.id }]);
		expect(cluster.shares()).toBe(true);
		await cluster.stop();
	});
});
