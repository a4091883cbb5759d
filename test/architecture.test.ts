// The rules of the house, executable: who may import whom, what the domain may not touch, how long a file may be.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
	cwd: root,
	encoding: 'utf8',
})
	.split('\n')
	.filter((file) => /\.(ts|svelte)$/.test(file) && !/\.d\.ts$/.test(file) && existsSync(join(root, file)));

const NPM_OF_DOMAIN =
	/^(@turf\/|geojson$|h3-js$|gcoord$|proj4$|kdbush$|flatbush$|supercluster$|pinyin-pro$|robust-predicates$)/;

/** Who may import whom. A room not listed for another room may not be imported by it, types included. */
const MAY_IMPORT: Record<string, { rooms: string[]; packages: RegExp }> = {
	'src/lib/domain': { rooms: [], packages: NPM_OF_DOMAIN },
	'src/lib/contract': { rooms: ['src/lib/domain'], packages: /^(valibot|geojson)$/ },
	db: { rooms: ['src/lib/domain'], packages: /^(kysely|geojson|@turf\/.*|node:fs|node:path)/ },
	'src/lib/server': {
		rooms: ['src/lib/domain', 'src/lib/contract', 'db'],
		packages: /^(?!svelte|@sveltejs|\$app|maplibre-gl|@deck\.gl)/,
	},
	'src/lib/client': {
		rooms: ['src/lib/domain', 'src/lib/contract'],
		packages: /^(?!kysely|pg$|socket\.io$|node:)/,
	},
	'src/cli': {
		rooms: ['src/lib/server', 'src/lib/domain', 'src/lib/contract', 'db'],
		packages: /^(?!svelte|@sveltejs|\$app)/,
	},
	'src/simulator': { rooms: ['src/lib/domain', 'src/lib/contract'], packages: /^(node:|mqtt$|geojson$)/ },
};

const roomOf = (file: string) => Object.keys(MAY_IMPORT).find((room) => file.startsWith(`${room}/`));
const isTest = (file: string) => /\.(test|e2e)\.ts$/.test(file);
/** Code without comments, so that prose may name what code may not call. */
const codeOf = (file: string) =>
	readFileSync(join(root, file), 'utf8')
		.replace(/\/\*[\s\S]*?\*\//g, '')
		.replace(/^\s*\/\/.*$/gm, '')
		.replace(/<!--[\s\S]*?-->/g, '');

interface Import {
	name: string;
	/** Path inside the project, when it is one. */
	target: string | undefined;
	isType: boolean;
}

function importsOf(file: string): Import[] {
	const found: Import[] = [];
	for (const match of codeOf(file).matchAll(
		/(?:^|[\s;])(import|export)\s+(type\s+)?(?:[\w*{}\s,$]+\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g,
	)) {
		const name = (match[3] ?? match[4])!.replace(/\?.*$/, '');
		const target = name.startsWith('#lib/')
			? name.replace('#lib/', 'src/lib/')
			: name.startsWith('#db/')
				? name.replace('#db/', 'db/')
				: name.startsWith('.')
					? relative(root, join(root, dirname(file), name))
					: undefined;
		found.push({ name, target, isType: match[2] !== undefined });
	}
	return found;
}

describe.each(Object.entries(MAY_IMPORT))('%s', (room, { rooms, packages }) => {
	const own = files.filter((file) => roomOf(file) === room && !isTest(file));
	test('imports only what its room may', () => {
		const strangers = own.flatMap((file) =>
			importsOf(file)
				.filter(({ target, name }) =>
					target ? ![room, ...rooms].some((other) => target.startsWith(`${other}/`)) : !packages.test(name),
				)
				.map(({ name }) => `${file} imports ${name}`),
		);
		expect(strangers).toEqual([]);
	});
});

test('routes take the server only where SvelteKit runs on the server, and never the database', () => {
	const strangers = files
		.filter((file) => file.startsWith('src/routes/') && !isTest(file))
		.flatMap((file) =>
			importsOf(file)
				.filter(
					({ target, isType }) =>
						target?.startsWith('db/') ||
						(target?.startsWith('src/lib/server/') && !isType && !/(\.server\.ts|\+server\.ts)$/.test(file)),
				)
				.map(({ name }) => `${file} imports ${name}`),
		);
	expect(strangers).toEqual([]);
});

const IMPURE =
	/\b(Date\.now\b|new Date\(\s*\)|Math\.random\b|performance\.now|process\.|fetch\(|console\.|setTimeout|setInterval|localStorage|globalThis)/;

test('the domain reads no clock, no chance and no environment: time and seed are arguments', () => {
	const impure = files
		.filter((file) => file.startsWith('src/lib/domain/') && !isTest(file))
		.filter((file) => IMPURE.test(codeOf(file)));
	expect(impure).toEqual([]);
});

test('only config.ts reads the environment', () => {
	const readers = files
		.filter((file) => /^src\/lib\/(server|client|contract)|^src\/routes/.test(file) && !isTest(file))
		.filter((file) => file !== 'src/lib/server/config.ts' && /process\.env/.test(codeOf(file)));
	expect(readers).toEqual([]);
});

const REACHES_OUT =
	/(?<![.\w])fetch\(|\bhttps?\.(request|get)\(|from 'node:https'|\bnet\.(connect|createConnection)\(|new WebSocket\(/;

test('the server reaches other machines through server/outbound only', () => {
	const own = ['src/lib/server/outbound/', 'src/lib/server/db/', 'src/lib/server/jobs/'];
	const others = files
		.filter((file) => file.startsWith('src/lib/server/') && !isTest(file) && !own.some((room) => file.startsWith(room)))
		.filter((file) => REACHES_OUT.test(codeOf(file)));
	expect(others).toEqual([]);
});

test('repositories do not import repositories, commands do not import commands, layers do not import layers', () => {
	const neighbours = ['src/lib/server/repositories/', 'src/lib/server/commands/', 'src/lib/client/map/layers/'].flatMap(
		(room) =>
			files
				.filter((file) => file.startsWith(room) && !isTest(file))
				.flatMap((file) =>
					importsOf(file)
						.filter(({ target, isType }) => target?.startsWith(room) && !isType)
						.map(({ name }) => `${file} imports ${name}`),
				),
	);
	expect(neighbours).toEqual([]);
});

test('no cycle of values', () => {
	const graph = new Map(
		files
			.filter((file) => !isTest(file))
			.map((file) => [
				file,
				importsOf(file)
					.filter(({ target, isType }) => target && !isType)
					.map(({ target }) => target!),
			]),
	);
	const done = new Set<string>();
	const cycles: string[] = [];
	const visit = (file: string, path: string[]): void => {
		if (path.includes(file)) return void cycles.push([...path.slice(path.indexOf(file)), file].join(' → '));
		if (done.has(file)) return;
		for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
		done.add(file);
	};
	for (const file of graph.keys()) visit(file, []);
	expect(cycles).toEqual([]);
});

test('no file is longer than 500 lines', () => {
	const long = files
		.filter((file) => !file.startsWith('test/frames/'))
		.map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').split('\n').length }))
		.filter(({ lines }) => lines > 500);
	expect(long).toEqual([]);
});

test('every room has a README', () => {
	const rooms = [
		'db',
		'src/lib/domain',
		'src/lib/contract',
		'src/lib/server',
		'src/lib/client',
		'src/cli',
		'src/simulator',
		'test',
		'bench',
	];
	expect(rooms.filter((room) => !existsSync(join(root, room, 'README.md')))).toEqual([]);
});

test('the two languages of the dictionary say the same things', () => {
	const words = (locale: string) =>
		JSON.parse(readFileSync(join(root, `src/lib/client/words/messages/${locale}.json`), 'utf8')) as Record<
			string,
			string
		>;
	const [chinese, english] = [words('zh-CN'), words('en')];
	expect(Object.keys(english).sort()).toEqual(Object.keys(chinese).sort());
	const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((hole) => hole[1]).sort();
	const uneven = Object.keys(chinese).filter(
		(key) => String(holes(chinese[key]!)) !== String(holes(english[key] ?? '')),
	);
	expect(uneven).toEqual([]);
});

test('components hold no words of their own', () => {
	const chinese = /[\u4e00-\u9fff]/;
	const worded = files
		.filter((file) => file.endsWith('.svelte'))
		.filter((file) => chinese.test(codeOf(file).replace(/<style[\s\S]*<\/style>/, '')));
	expect(worded).toEqual([]);
});
