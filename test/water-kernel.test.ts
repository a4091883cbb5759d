import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('the compiled water kernel belongs to its source', () => {
	const { status, stderr } = spawnSync(process.execPath, ['scripts/water-kernel.mjs', '--check'], { encoding: 'utf8' });
	expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
