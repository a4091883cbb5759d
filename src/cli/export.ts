// `export <kind>`: a list as a file on standard output, in the datum asked for.

import { exportRegister } from '#lib/server/commands/export-register.ts';
import { EXPORT_FORMATS } from '#lib/server/export/write-file.ts';
import { EXPORT_KINDS } from '#lib/server/repositories/export-rows.ts';
import type { CliContext } from './context.ts';
import { datumNamed, oneOf, readOptions } from './read-options.ts';
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
	const { values, positionals } = readOptions({
		args,
		allowPositionals: true,
		options: { format: { type: 'string', default: 'geojson' }, datum: { type: 'string', default: 'wgs84' } },
	});
	const [kindName, ...extra] = positionals;
	const kind = oneOf('列表 · list', kindName, EXPORT_KINDS);
	const format = oneOf('--format', values.format, EXPORT_FORMATS);
	if (extra.length > 0) throw new UsageError();
	return { kind, format, datum: datumNamed(values.datum) };
}
