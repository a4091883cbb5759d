// The rows of one table out of a database and into another, by COPY; counted and summed on the way.

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { Transform, type Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { identifier, selectRows, type MovedTable } from './tables.ts';

export interface Sum {
	rows: number;
	sha256: string;
}

/** Counts lines and sums bytes, and passes them on. */
export class Summing extends Transform {
	#rows = 0;
	readonly #hash = createHash('sha256');

	override _transform(chunk: Buffer, _: BufferEncoding, done: (error: null, chunk: Buffer) => void): void {
		this.#hash.update(chunk);
		for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) this.#rows++;
		done(null, chunk);
	}

	sum(): Sum {
		return { rows: this.#rows, sha256: this.#hash.digest('hex') };
	}
}

export function rowsOut(client: pg.Client | pg.PoolClient, table: MovedTable, day?: string): Readable {
	return client.query(copyTo(`copy (${selectRows(table, day)}) to stdout`));
}

export function rowsIn(client: pg.Client | pg.PoolClient, { name, columns }: MovedTable): Writable {
	return client.query(copyFrom(`copy ${identifier(name)} (${columns.map(identifier).join()}) from stdin`));
}

/** @returns what went over */
export async function copyRows(
	from: pg.Client | pg.PoolClient,
	to: pg.Client | pg.PoolClient,
	table: MovedTable,
	day?: string,
): Promise<Sum> {
	const summing = new Summing();
	await pipeline(rowsOut(from, table, day), summing, rowsIn(to, table));
	return summing.sum();
}

/** What a table holds, as the same kind of sum. */
export async function sumOf(client: pg.Client | pg.PoolClient, table: MovedTable, day?: string): Promise<Sum> {
	const summing = new Summing();
	const out = rowsOut(client, table, day);
	out.on('error', (error) => summing.destroy(error));
	out.pipe(summing).resume();
	await once(summing, 'end');
	return summing.sum();
}

/** Numbers the database gives itself go on after the highest that came in. */
export async function setSequences(client: pg.Client | pg.PoolClient): Promise<void> {
	const { rows } = await client.query<{ table: string; column: string; sequence: string }>(`
		select c.relname as table, a.attname as column,
			pg_get_serial_sequence(quote_ident(c.relname), a.attname) as sequence
		from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
		where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
			and pg_get_serial_sequence(quote_ident(c.relname), a.attname) is not null`);
	for (const { table, column, sequence } of rows) {
		const top = `(select max(${identifier(column)}) from ${identifier(table)})`;
		await client.query(`select setval('${sequence}', coalesce(${top}, 1), ${top} is not null)`);
	}
}
