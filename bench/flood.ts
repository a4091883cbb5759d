// The flood season's heavy parts beside their limits and peers.

import { waterRows } from './flood/water.ts';
import type { BenchResult } from './result.ts';

export async function run(): Promise<BenchResult> {
	return { name: 'flood', rows: await waterRows() };
}
