// The lint of the house: besides the usual, who may import whom with a sentence that says where code belongs,
// and what is banned for safety. Stands at the top level because editors look for it only there.

import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const wall = (files, group, message) => ({
	files,
	rules: { 'no-restricted-imports': ['error', { patterns: [{ group, message }] }] },
});

export default ts.config(
	{
		ignores: [
			'build/',
			'.svelte-kit/',
			'node_modules/',
			'**/node_modules/',
			'data/',
			'src/lib/client/words/generated/',
			'src/lib/client/words/project.inlang/',
			'test-results/',
			'playwright-report/',
			'static/',
			// AssemblyScript: looks like TypeScript, has types and decorators of its own.
			'**/*.as.ts',
		],
	},
	js.configs.recommended,
	...ts.configs.recommended,
	...svelte.configs.recommended,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		rules: {
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			'@typescript-eslint/consistent-type-imports': 'error',
			'no-undef': 'off',
			'svelte/no-at-html-tags': 'error',
			'svelte/no-navigation-without-resolve': 'off',
			'svelte/prefer-svelte-reactivity': 'off',
			'no-restricted-syntax': [
				'error',
				{
					selector: "CallExpression[callee.object.name='sql'][callee.property.name=/^(raw|lit)$/]",
					message: 'No raw SQL text: bind values, or sql.table / sql.ref for names from a fixed list.',
				},
				{
					selector: "CallExpression[callee.property.name='setHTML']",
					message: 'Popups are text: build them as components.',
				},
			],
		},
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
	},
	wall(
		['src/lib/domain/**'],
		[
			'#lib/server/*',
			'#lib/client/*',
			'#lib/contract/*',
			'#db/*',
			'node:*',
			'svelte',
			'svelte/*',
			'$app/*',
			'kysely',
			'pg',
		],
		'domain is pure: what needs I/O lives in server, what crosses a wire in contract.',
	),
	wall(
		['src/lib/contract/**'],
		['#lib/server/*', '#lib/client/*', '#db/*', 'node:*', 'svelte', '$app/*'],
		'contract holds schemas and types only; logic belongs to domain or server.',
	),
	wall(
		['src/lib/server/**'],
		['#lib/client/*', 'svelte', 'svelte/*', '$app/*', 'maplibre-gl', '@deck.gl/*'],
		'server knows no screen: share through domain or contract.',
	),
	wall(
		['src/lib/client/**'],
		['#lib/server/*', '#db/*', 'node:*', 'kysely', 'pg', 'socket.io'],
		'client asks over the wire: a load function, an action or a socket event.',
	),
	wall(['src/routes/**'], ['#db/*', 'kysely', 'pg'], 'routes call repositories and commands, never the database.'),
	wall(
		['db/**'],
		['#lib/server/*', '#lib/client/*', '#lib/contract/*', 'svelte'],
		'db knows Kysely and types of domain.',
	),
	wall(
		['src/simulator/**'],
		['#lib/server/*', '#lib/client/*', '#db/*'],
		'the simulator is a device: it reaches the system over HTTP and MQTT only.',
	),
);
