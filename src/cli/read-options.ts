// The options and positionals of a call, by `parseArgs`; what it does not know is wrong usage.

import { parseArgs, type ParseArgsConfig } from 'node:util';
import { readDatum, type Datum } from '#lib/domain/import/datum.ts';
import { UsageError } from './usage-error.ts';

/** @throws UsageError that names the option */
export function readOptions<const T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
	try {
		return parseArgs(config);
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error));
	}
}

/** One of a few words that an argument may be. @throws UsageError that names what was given and what there is; the usage
 * says it all where nothing was given */
export function oneOf<const T extends string>(what: string, given: string | undefined, words: readonly T[]): T {
	const word = words.find((known) => known === given);
	if (word) return word;
	if (given === undefined) throw new UsageError();
	throw new UsageError(`${what} “${given}”：应为以下之一 · expected one of ${words.join(', ')}`);
}

/** @throws UsageError for a datum that cannot be converted */
export function datumNamed(written: string): Datum {
	const datum = readDatum(written);
	if (datum) return datum;
	throw new UsageError(
		`--datum “${written}”：应为 wgs84、cgcs2000、gcj02、bd09，或 CGCS2000、WGS 84、UTM 的 EPSG 代码 · expected wgs84, cgcs2000, gcj02, bd09, or an EPSG code of CGCS2000, WGS 84 or UTM.`,
	);
}
