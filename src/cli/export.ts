// `export <kind>`: a list as a file on standard output, in the datum asked for.

import { parseArgs } from 'node:util';
import { readDatum } from '#lib/domain/import/datum.ts';
import { exportRegister } from '#lib/server/commands/export-register.ts';
import { EXPORT_FORMATS } from '#lib/server/export/write-file.ts';
import { EXPORT_KINDS } from '#lib/server/repositories/export-rows.ts';
import type { CliContext } from './context.ts';
import { UsageError } from './usage-error.ts';

export const usage = `export <${EXPORT_KINDS.join('|')}> [--format ${EXPORT_FORMATS.join('|')}] [--datum wgs84|cgcs2000|gcj02|bd09|EPSG:N]`;

export async function run(args: string[], context: CliContext): Promise<number> {
	const wish = readArgs(args);
	const { databases } = await context.open();
	const file = await exportRegister(databases, { operator: true, now: context.now() }, wish);
	await context.write(file);
	return 0;
}

function readArgs(args: string[]) {
	let parsed;
	try {
		parsed = parseArgs({
			args,
			allowPositionals: true,
			options: { format: { type: 'string', default: 'geojson' }, datum: { type: 'string', default: 'wgs84' } },
		});
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error));
	}
	const kind = EXPORT_KINDS.find((name) => name === parsed.positionals[0]);
	const format = EXPORT_FORMATS.find((name) => name === parsed.values.format);
	const datum = readDatum(parsed.values.datum);
	if (!kind || !format || !datum || parsed.positionals.length > 1) throw new UsageError(usage);
	return { kind, format, datum };
}
