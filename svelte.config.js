import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	compilerOptions: { runes: ({ filename }) => (filename.split(/[/\\]/).includes('node_modules') ? undefined : true) },
	kit: {
		adapter: adapter({ out: 'build', precompress: true }),
		csp: {
			mode: 'nonce',
			directives: {
				'default-src': ['self'],
				'script-src': ['self'],
				// deck.gl and MapLibre position their canvases by style attributes; no style sheet comes from elsewhere.
				'style-src': ['self', 'unsafe-inline'],
				'img-src': ['self', 'data:', 'blob:'],
				'font-src': ['self'],
				'connect-src': ['self'],
				'worker-src': ['self'],
				'object-src': ['none'],
				'base-uri': ['none'],
				'form-action': ['self'],
				'frame-ancestors': ['none'],
			},
		},
		// The phone's pages register it themselves, for themselves only (client/phone/keep-shell.ts).
		serviceWorker: { register: false },
		// The doors (src/lib/server/doors) check the origin of every method that changes something, not of forms only,
		// and let programs with a bearer token send files.
		csrf: { trustedOrigins: ['*'] },
		// Named by what it was built from, so that the same sources give the same build.
		version: { name: process.env.SITEWATCH_SOURCES ?? 'development', pollInterval: 0 },
	},
};
