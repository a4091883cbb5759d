// What a command of the command line is given, so that tests can run one without a process.

import type { Config } from '#lib/server/config.ts';
import type { Databases } from '#lib/server/db/connection.ts';

export interface CliContext {
	/** Folder that file names are meant from. */
	cwd: string;
	/** One line on standard output. */
	out(line: string): void;
	/** A whole file on standard output, as it is. */
	write(file: string | Uint8Array): Promise<void>;
	/** One line on standard error. */
	err(line: string): void;
	now(): Date;
	/** The settings, for commands that look before anything is opened. */
	config(): Config;
	/** Opens the databases of the current settings, or joins the embedded one that runs; closed after the command. */
	open(): Promise<{ databases: Databases; config: Config }>;
}
