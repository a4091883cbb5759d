import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { birthOf, hasEnded, startOf } from './process-start.ts';

test.runIf(process.platform === 'linux')('a process has ended for certain only where it could be seen', async () => {
	const [boot, , space] = birthOf().split(' ') as [string, string, string];
	const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)']);
	const pid = child.pid!;
	const birth = `${startOf(pid)} ${space}`;
	expect(hasEnded(pid, birth)).toBe(false);

	child.kill('SIGKILL');
	await once(child, 'exit');
	expect(hasEnded(pid, birth)).toBe(true);
	expect(hasEnded(process.pid, `${boot} 1 ${space}`), 'its number was used again').toBe(true);
	expect(hasEnded(pid, birth.replace(boot, 'another-boot')), 'on another machine').toBe(false);
	expect(hasEnded(pid, birth.replace(space, 'pid:[1]')), 'in another container').toBe(false);
	expect(hasEnded(pid, ''), 'of a program before this one').toBe(false);
});
