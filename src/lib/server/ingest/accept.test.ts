import { expect, test } from 'vitest';
import { LiveDevice } from '../live/live-device.ts';
import { createIngest } from './accept.ts';
import type { Row } from './check-reading.ts';

const AT_MS = Date.parse('2026-11-20T08:00:00+08:00');

/** A way in whose database answers when it is told to. */
function wayIn() {
	const device = new LiveDevice({ id: 'TC-1', kind: 'craneMonitor', no: 1, registeredS: 5, flats: null });
	const written: { seqs: number[]; done: () => void }[] = [];
	const ingest = createIngest({
		devices: new Map([[device.id, device]]),
		store: {
			writers: 2,
			wasShared: () => false,
			store: (rows: readonly Row[]) =>
				new Promise((resolve) =>
					written.push({ seqs: rows.map(({ seq }) => seq), done: () => resolve(new Set<Row>()) }),
				),
		},
		partitions: { ensureFor: () => Promise.resolve(), ensureAhead: () => Promise.resolve() },
		onStored: () => undefined,
		onFault: (error) => {
			throw error;
		},
		isUp: () => true,
		now: () => AT_MS,
	});
	const send = (seq: number) =>
		ingest.accept([{ device: 'TC-1', at: new Date(AT_MS - 1000 + seq).toISOString(), seq, values: { windMs: 3 } }]);
	return { ingest, written, send };
}

const turnOfTheLoop = () => new Promise<void>((resolve) => setImmediate(resolve));

test('while nothing is being written a reading does not wait for company, but takes along who speaks in the same turn', async () => {
	const { written, send } = wayIn();
	const answers = [send(1), send(2)];
	await turnOfTheLoop();
	expect(written.map(({ seqs }) => seqs)).toEqual([[1, 2]]);
	written[0]!.done();
	expect(await Promise.all(answers)).toMatchObject([{ accepted: 1 }, { accepted: 1 }]);
});

test('while something is being written, who comes waits together and goes as soon as that is done', async () => {
	const { written, send } = wayIn();
	const first = send(1);
	await turnOfTheLoop();
	const later = [send(2), send(3)];
	await turnOfTheLoop();
	expect(written).toHaveLength(1);
	written[0]!.done();
	await first;
	await turnOfTheLoop();
	expect(written.map(({ seqs }) => seqs)).toEqual([[1], [2, 3]]);
	written[1]!.done();
	expect(await Promise.all(later)).toMatchObject([{ accepted: 1 }, { accepted: 1 }]);
});

test('when too much is waiting nobody else is let in before there is room again, and it is counted', async () => {
	const { ingest, written, send } = wayIn();
	const reading = { device: 'TC-1', at: new Date(AT_MS - 1000).toISOString(), values: { windMs: 3 } };
	const waiting = Array.from({ length: 12 }, () => ingest.accept(Array.from({ length: 5000 }, () => reading)));
	expect(ingest.refusal()).toMatchObject({ code: 'too-many' });
	await expect(send(1)).rejects.toMatchObject({ code: 'too-many' });
	expect(ingest.counts()).toMatchObject({ refused: 2, waiting: 60_000 });

	for (let i = 0; i < written.length; i++) {
		written[i]!.done();
		await turnOfTheLoop();
	}
	await Promise.all(waiting);
	expect(ingest.refusal()).toBeUndefined();
});
