// Tells systemd that the process is ready and, from its loop, that it still runs. When the loop stands still systemd
// hears nothing and starts the service anew; nothing inside a process that spins could do that.

import { execFile } from 'node:child_process';
import type { Config } from '../config.ts';

/** @returns ends it; does nothing where the process was not started by systemd */
export function startWatchdog({
	NOTIFY_SOCKET,
	WATCHDOG_USEC,
}: Pick<Config, 'NOTIFY_SOCKET' | 'WATCHDOG_USEC'>): () => void {
	if (!NOTIFY_SOCKET) return () => undefined;
	// Node knows no datagrams on local sockets; systemd's own program does.
	const tell = (word: string): void => void execFile('systemd-notify', [word], () => undefined);
	tell('READY=1');
	const everyMs = WATCHDOG_USEC / 3000;
	const timer = everyMs > 0 ? setInterval(() => tell('WATCHDOG=1'), everyMs).unref() : undefined;
	return () => {
		clearInterval(timer);
		tell('STOPPING=1');
	};
}
