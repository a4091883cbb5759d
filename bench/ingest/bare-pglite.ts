// PGlite alone, in a process of its own as in the product, with the same file system and syncs and the same table:
// one INSERT per batch from arrays, nothing else.

import { PGlite } from '@electric-sql/pglite';
import { postgis } from '@electric-sql/pglite-postgis';
import { DurableNodeFS } from '../../src/lib/server/db/engine/durable-fs.ts';
import { DEVICES, VALUES } from './district.ts';

const BATCH = 5000;
/** Its readings lie an hour before ours, in the same partition as far as the day allows. */
const BEFORE_MS = 3_600_000;

const folder = process.env.BARE_FOLDER!;
const engine = await PGlite.create({
	fs: new DurableNodeFS(folder, (error) => {
		throw error;
	}),
	extensions: { postgis },
	startParams: [...PGlite.defaultStartParams.filter((param) => param !== '-F'), '-c', 'wal_sync_method=fsync'],
});
await engine.query(
	`insert into source (id, kind, subject, name, created_at, created_by)
	values (gen_random_uuid(), 'hand', 'bench', 'bench', now(), 'bench')`,
);
process.on('message', (seconds: number) => void run(seconds).then((rate) => process.send!(rate)));
process.send!({ ready: true });

const numbers = Array.from({ length: BATCH }, (_, i) => (i % DEVICES) + 1);
const values = `[${numbers.map(() => VALUES).join()}]`;
let seq = 0;

async function run(seconds: number): Promise<number> {
	const began = performance.now();
	let count = 0;
	while (performance.now() - began < seconds * 1000) {
		const nowMs = Date.now();
		const moment = (nowMs - BEFORE_MS) * 1000;
		await engine.query(
			`insert into reading (device_no, observed_at, seq, received_at, values)
			select d, timestamptz 'epoch' + u * interval '1 microsecond', s, $4::timestamptz, v
			from rows from (
				unnest($1::text::integer[]), unnest($2::text::bigint[]), unnest($3::text::bigint[]),
				jsonb_array_elements($5::text::jsonb)
			) as t (d, u, s, v)`,
			[
				`{${numbers.join()}}`,
				`{${numbers.map(() => moment).join()}}`,
				`{${numbers.map(() => ++seq).join()}}`,
				new Date(nowMs).toISOString(),
				values,
			],
		);
		count += BATCH;
	}
	return (count * 1000) / (performance.now() - began);
}
