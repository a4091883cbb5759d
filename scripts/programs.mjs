// Builds what runs beside the pages: the server's own process, the embedded database, the simulator, and the threads.
// Each becomes one file that needs no translating and looks for none of its parts on the disk. Into the folder that is
// named, else beside the pages.

import { build } from 'vite';
import { root } from './steps.mjs';

/** By the source they begin with. */
const PROGRAMS = [
	'src/server.ts',
	'src/simulator/main.ts',
	'src/lib/server/db/engine.ts',
	'src/lib/server/db/engine/worker.ts',
	'src/lib/server/import/sandbox/worker.ts',
	'src/lib/server/patrol/worker.ts',
	'src/lib/server/rules/worker.ts',
];

await build({
	root,
	configFile: false,
	logLevel: 'warn',
	build: {
		ssr: true,
		outDir: process.argv[2] ?? 'build/programs',
		target: 'node20',
		minify: false,
		rollupOptions: {
			input: Object.fromEntries(PROGRAMS.map((source) => [source.replace(/^src\//, '').replace(/\.ts$/, ''), source])),
			output: { entryFileNames: '[name].js', chunkFileNames: 'parts/[name]-[hash].js' },
		},
	},
});
