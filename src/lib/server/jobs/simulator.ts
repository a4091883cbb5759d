// Keeps the simulator of the demonstration district running beside the server, as a process of its own.

import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { programFolder } from '../program-folder.ts';
import { programArgs } from '../program.ts';

export interface SimulatorWish {
	/** Address of this server as the simulator reaches it. */
	url: string;
	/** Sends readings (scope `ingest`). */
	token: string;
	/** Reads the board (scope `read`); without it `token` must be able to do both. */
	readToken?: string;
	/** Where our own broker and the HJ 212 port listen; undefined: these devices send over HTTP. */
	mqtt?: string;
	hj212?: string;
	/** `always`, the default: a demonstration is looked at by night too. `shanghai`: real working hours. */
	hours?: 'always' | 'shanghai';
	/** What the simulator says, line by line, and how it fares. */
	log: (line: string) => void;
}

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
/** One that ran this long is started again at once. */
const STEADY_MS = 60_000;
const PATIENCE_MS = 5000;

export function startSimulator({ url, token, readToken, mqtt, hj212, hours = 'always', log }: SimulatorWish): {
	stop(): Promise<void>;
} {
	const stopping = new AbortController();
	let child: ChildProcessWithoutNullStreams | undefined;

	async function keepRunning(): Promise<void> {
		let pauseMs = FIRST_PAUSE_MS;
		while (!stopping.signal.aborted) {
			const startedAt = performance.now();
			const running = spawn(process.execPath, programArgs('src/simulator/main.ts'), {
				cwd: programFolder(),
				env: {
					SITEWATCH_URL: url,
					SITEWATCH_TOKEN: token,
					...(readToken ? { SITEWATCH_READ_TOKEN: readToken } : {}),
					...(mqtt ? { SITEWATCH_MQTT: mqtt } : {}),
					...(hj212 ? { SITEWATCH_HJ212: hj212 } : {}),
					SIMULATOR_HOURS: hours,
					SIMULATOR_ENDS_WITH_PARENT: '1',
				},
			});
			child = running;
			if (running.pid) log(`The simulator runs as process ${running.pid}.`);
			running.stdin.on('error', () => undefined);
			for (const stream of [running.stdout, running.stderr]) createInterface({ input: stream }).on('line', log);
			const how = await ended(running);
			child = undefined;
			if (stopping.signal.aborted) return;
			if (performance.now() - startedAt > STEADY_MS) pauseMs = FIRST_PAUSE_MS;
			log(`The simulator ended (${how}); it starts again in ${pauseMs / 1000} s.`);
			await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
			pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
		}
	}

	const done = keepRunning();
	return {
		async stop() {
			stopping.abort();
			const running = child;
			running?.stdin.end();
			running?.kill('SIGTERM');
			const force = setTimeout(() => running?.kill('SIGKILL'), PATIENCE_MS);
			await done;
			clearTimeout(force);
		},
	};
}

/** Waits for the end of a process, also of one that could not be started. */
async function ended(child: ChildProcessWithoutNullStreams): Promise<string> {
	try {
		const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
		return signal ?? `exit ${code}`;
	} catch (error) {
		return String(error);
	}
}
