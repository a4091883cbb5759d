import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import type { Server as HttpServer } from 'node:http';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** In development Vite owns the HTTP server, so the process's sockets hang on it (see src/lib/server/sockets/io.ts). */
function sockets(): Plugin {
	return {
		name: 'sitewatch-sockets',
		configureServer(server) {
			if (!server.httpServer) return;
			const http = server.httpServer as HttpServer;
			return async () => {
				const { attach } = (await server.ssrLoadModule('/src/lib/server/process.ts')) as {
					attach: (http: HttpServer) => void;
				};
				attach(http);
			};
		},
	};
}

const testFiles = (names: string) => names.split(/\s+/).map((name) => `test/{database,flow}/${name}.test.ts`);

/** Whole systems killed and put back together: minutes each. `npm run test:nightly` runs them too. */
const NIGHTLY_ONLY = testFiles('cluster two-processes move-to-server failing-disk systemd-unit');

/** What kills programs, fills disks, makes roles of the server or holds somebody to a deadline has the machine to itself. */
const ALONE = testFiles(
	`kill-ingest kill-import kill-postgres migrate migrate-killed plain-role power-cut disk-full graceful-stop
	embedded-engine embedded-owner server-pool read-replica lease sockets simulator start-refusals
	cluster two-processes move-to-server failing-disk systemd-unit`,
);

export default defineConfig({
	plugins: [tailwindcss(), sveltekit(), sockets()],
	worker: { format: 'es' },
	optimizeDeps: { exclude: ['maplibre-gl'] },
	build: {
		chunkSizeWarningLimit: 2000,
		// A font inlined as a data: address would be refused by the Content Security Policy.
		assetsInlineLimit: (file) => (file.endsWith('.woff2') ? false : undefined),
	},
	ssr: {
		// Hundreds of small files, of which few are used: in one with the rest, a start need not look for them on the disk.
		noExternal: ['kysely', /^@turf\//],
		external: ['pg', 'pg-copy-streams', 'socket.io', 'pino', '@electric-sql/pglite', '@electric-sql/pglite-postgis'],
	},
	test: {
		expect: { requireAssertions: true },
		projects: [
			{
				extends: true,
				test: {
					name: 'unit',
					globalSetup: 'test/built-programs.ts',
					include: ['{src,db,scripts}/**/*.test.ts', 'test/*.test.ts'],
					environment: 'node',
					testTimeout: 60_000,
					maxWorkers: 2,
				},
			},
			{
				extends: true,
				test: {
					name: 'database',
					globalSetup: 'test/built-programs.ts',
					include: ['test/{database,flow}/**/*.test.ts'],
					exclude: ALONE,
					environment: 'node',
					testTimeout: 60_000,
					hookTimeout: 120_000,
					maxWorkers: 2,
				},
			},
			{
				extends: true,
				test: {
					name: 'alone',
					globalSetup: 'test/built-programs.ts',
					include: ALONE,
					exclude: process.env.NIGHTLY ? [] : NIGHTLY_ONLY,
					environment: 'node',
					testTimeout: 60_000,
					hookTimeout: 120_000,
					maxWorkers: 1,
				},
			},
		],
	},
});
