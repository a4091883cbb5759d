// A systemd of the test's own that runs the shipped unit; needs root, for it is a machine within the machine.

import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '..');

export class OwnSystemd {
	readonly #outer: ChildProcess;
	readonly #folder: string;
	#pid = '';

	/** @param settings - lines of /etc/sitewatch/environment */
	constructor(settings: string) {
		if (process.getuid?.() !== 0 || !existsSync('/lib/systemd/systemd'))
			throw new Error('The unit can only be tried by root on a machine with systemd (apt-get install systemd).');
		this.#folder = mkdtempSync(join(tmpdir(), 'sw-systemd-'));
		chmodSync(this.#folder, 0o755);
		mkdirSync(join(this.#folder, 'data'));
		const apart = ['--pid', '--mount', '--uts', '--ipc', '--cgroup', '--fork', '--kill-child'];
		const script = join(import.meta.dirname, 'own-systemd.sh');
		this.#outer = spawn('unshare', [...apart, 'bash', script, ROOT, this.#folder, settings], { stdio: 'ignore' });
	}

	/** What the program has printed. */
	log(): string {
		const path = join(this.#folder, 'log');
		return existsSync(path) ? readFileSync(path, 'utf8') : '';
	}

	/** Runs a command inside; what it prints. */
	async inside(command: string, ...args: string[]): Promise<string> {
		this.#pid ||= (await run('pgrep', ['-P', String(this.#outer.pid)])).stdout.trim();
		const { stdout } = await run('nsenter', ['-t', this.#pid, '-a', command, ...args]);
		return stdout.trim();
	}

	async property(name: string): Promise<string> {
		return this.inside('systemctl', 'show', '--property', name, '--value', 'sitewatch.service');
	}

	/** @throws Error with the end of the log when it does not become so in time */
	async until(what: string, isSo: () => Promise<boolean>, seconds: number): Promise<void> {
		const untilMs = Date.now() + seconds * 1000;
		for (;;) {
			if (await isSo().catch(() => false)) return;
			if (Date.now() > untilMs) throw new Error(`Not ${what} within ${seconds} s:\n${this.log().slice(-2000)}`);
			await sleep(250);
		}
	}

	async close(): Promise<void> {
		const ended = new Promise((resolve) => this.#outer.once('exit', resolve));
		this.#outer.kill('SIGKILL');
		await ended;
	}
}
