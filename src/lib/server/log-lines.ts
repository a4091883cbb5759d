// Where the lines of the log go: to standard output, never waited for. A reader that does not read, or a disk that is
// full, loses lines and holds up nothing; how many were lost is said once lines go out again.

import fs from 'node:fs';

/** What waits beyond this is lost: minutes of a busy server. */
const WAITING_MOST = 4 * 1024 * 1024;
const AGAIN_AFTER_MS = 200;
/** A write that takes longer at the end of the process is stuck, and so would the next one be. */
const STUCK_MS = 1000;

export interface LogLines {
	write(line: string): void;
}

export function logLines(fd: number, now: () => number = Date.now): LogLines {
	let waiting: string[] = [];
	let size = 0;
	let lost = 0;
	/** When the write under way began. */
	let since: number | undefined;

	function lines(): Buffer {
		if (lost > 0) {
			const told = { level: 40, time: new Date(now()).toISOString(), lost, msg: 'lines of the log were lost' };
			waiting.push(`${JSON.stringify(told)}\n`);
		}
		const all = Buffer.from(waiting.join(''));
		waiting = [];
		size = 0;
		return all;
	}

	function next(): void {
		if (since !== undefined || waiting.length === 0) return;
		since = now();
		const [count, before] = [waiting.length, lost];
		put(lines(), (isOut) => {
			since = undefined;
			lost = isOut ? lost - before : lost + count;
			if (isOut) next();
			else setTimeout(next, AGAIN_AFTER_MS).unref();
		});
	}

	function put(rest: Buffer, done: (isOut: boolean) => void): void {
		fs.write(fd, rest, (error, written) => {
			if (error?.code === 'EAGAIN') setTimeout(() => put(rest, done), AGAIN_AFTER_MS).unref();
			else if (error) done(false);
			else if (written < rest.length) put(rest.subarray(written), done);
			else done(true);
		});
	}

	process.on('exit', () => {
		if (waiting.length === 0 || (since !== undefined && now() - since > STUCK_MS)) return;
		try {
			fs.writeSync(fd, lines());
		} catch {
			// Nobody is left to tell.
		}
	});

	return {
		write(line) {
			if (size + line.length > WAITING_MOST) return void lost++;
			waiting.push(line);
			size += line.length;
			next();
		},
	};
}
