// Whether a process lives, and when it started, so that a process id used again is told from the one before.

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';

export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return !isZombie(pid);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

/** When a process started, as a text that differs after a reboot. Empty where the system does not tell. */
export function startOf(pid: number): string {
	if (process.platform === 'linux') {
		const fields = statFields(pid);
		if (!fields) return '';
		return `${readTrimmed('/proc/sys/kernel/random/boot_id')} ${fields[19]}`;
	}
	if (process.platform === 'win32') return '';
	try {
		return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
	} catch {
		return '';
	}
}

/**
 * Where and when this process was born: the start of the machine, its own, and the space its number belongs to (of a
 * container, say). Empty where the system does not tell.
 */
export function birthOf(): string {
	const start = startOf(process.pid);
	return process.platform === 'linux' && start ? `${start} ${ownSpace()}` : '';
}

/** Whether a process has ended for certain; false too where that cannot be known from here, as of another machine. */
export function hasEnded(pid: number, birth: string): boolean {
	const [boot, , space] = birth.split(' ');
	const [ownBoot, , own] = birthOf().split(' ');
	if (!space || boot !== ownBoot || space !== own) return false;
	return !isAlive(pid) || `${startOf(pid)} ${space}` !== birth;
}

function ownSpace(): string {
	try {
		return fs.readlinkSync('/proc/self/ns/pid');
	} catch {
		return '';
	}
}

/** Ended, but its parent has not yet looked: it holds nothing any more. */
function isZombie(pid: number): boolean {
	return process.platform === 'linux' && statFields(pid)?.[0] === 'Z';
}

/** The fields of /proc/<pid>/stat after the name, which may hold spaces and brackets itself: 0 is the state, 19 the start. */
function statFields(pid: number): string[] | undefined {
	const text = readTrimmed(`/proc/${pid}/stat`);
	return text ? text.slice(text.lastIndexOf(')') + 2).split(' ') : undefined;
}

function readTrimmed(path: string): string {
	try {
		return fs.readFileSync(path, 'utf8').trim();
	} catch {
		return '';
	}
}
