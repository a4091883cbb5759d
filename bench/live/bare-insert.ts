// What most programs do: INSERTs of a thousand rows with parameters into the same table.

import pg from 'pg';
import { DEVICES, VALUES } from '../ingest/district.ts';

const BATCH = 1000;
const COLUMNS = 5;
/** Its readings lie two hours before ours. */
const BEFORE_MS = 7_200_000;

let seq = 0;

/** @returns rows per second */
export async function bareInsert(url: string, seconds: number): Promise<number> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	const places = Array.from(
		{ length: BATCH },
		(_, row) => `(${Array.from({ length: COLUMNS }, (_, column) => `$${row * COLUMNS + column + 1}`).join()})`,
	).join();
	const text = `insert into reading (device_no, observed_at, seq, received_at, values) values ${places}`;
	const began = performance.now();
	let count = 0;
	while (performance.now() - began < seconds * 1000) {
		const nowMs = Date.now();
		const [observed, received] = [new Date(nowMs - BEFORE_MS), new Date(nowMs)];
		const values = Array.from({ length: BATCH }, (_, i) => [
			(i % DEVICES) + 1,
			observed,
			++seq,
			received,
			VALUES,
		]).flat();
		await client.query({ name: 'insert', text, values });
		count += BATCH;
	}
	const rate = (count * 1000) / (performance.now() - began);
	await client.end();
	return rate;
}
