// The least a program can do: encode rows and COPY them into the same table, one batch after the other.

import { once } from 'node:events';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Row } from '../../src/lib/server/ingest/check-reading.ts';
import { COPY_COLUMNS, CopyBuffer } from '../../src/lib/server/ingest/copy-rows.ts';
import { DEVICES, VALUES } from './district.ts';

const BATCH = 5000;
/** Its readings lie an hour before ours, in the same partition as far as the day allows. */
const BEFORE_MS = 3600_000;

let seq = 0;

/** @returns rows per second */
export async function bareCopy(url: string, seconds: number): Promise<number> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	const rows = Array.from({ length: BATCH }, (_, i) => rowOf((i % DEVICES) + 1));
	const buffer = new CopyBuffer();
	const began = performance.now();
	let count = 0;
	while (performance.now() - began < seconds * 1000) {
		const nowMs = Date.now();
		for (const row of rows) {
			row.atUs = (nowMs - BEFORE_MS) * 1000;
			row.seq = ++seq;
		}
		const stream = client.query(copyFrom(`copy reading (${COPY_COLUMNS}) from stdin (format binary)`));
		stream.end(buffer.write(rows, nowMs));
		await once(stream, 'finish');
		count += BATCH;
	}
	const rate = (count * 1000) / (performance.now() - began);
	await client.end();
	return rate;
}

function rowOf(no: number): Row {
	const device = { no } as Row['device'];
	return {
		device,
		atUs: 0,
		seq: 0,
		values: {},
		text: VALUES,
		raw: null,
		gatewayUs: NaN,
		quality: null,
		mayRepeat: false,
	};
}
