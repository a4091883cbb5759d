// The dictionary. `compile` turns the message files into typed functions; `add KEY 中文 English` adds or changes
// one message in both files under a lock and keeps them sorted, so that several people can add words at once.

import { mkdirSync, readFileSync, renameSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const words = join(dirname(fileURLToPath(import.meta.url)), '../src/lib/client/words');

export async function compileWords() {
	const { compile } = await import('@inlang/paraglide-js');
	await compile({
		project: join(words, 'project.inlang'),
		outdir: join(words, 'generated'),
		strategy: ['cookie', 'baseLocale'],
		cookieName: 'sitewatch_locale',
		emitGitIgnore: false,
		// One module per language and types in comments: two files of every message and a declaration beside each took
		// five times as long to write, and the build as long again to read.
		outputStructure: 'locale-modules',
	});
}

function addWord(key, chinese, english) {
	const lock = join(words, '.lock');
	for (let attempt = 0; ; attempt++) {
		try {
			mkdirSync(lock);
			break;
		} catch (error) {
			if (error.code !== 'EEXIST' || attempt > 200) throw error;
			Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 25);
		}
	}
	try {
		for (const [locale, text] of [
			['zh-CN', chinese],
			['en', english],
		]) {
			const file = join(words, 'messages', `${locale}.json`);
			const messages = { ...JSON.parse(readFileSync(file, 'utf8')), [key]: text };
			const sorted = Object.fromEntries(Object.entries(messages).sort(([a], [b]) => (a < b ? -1 : 1)));
			writeFileSync(`${file}.new`, JSON.stringify(sorted, null, '\t') + '\n');
			renameSync(`${file}.new`, file);
		}
	} finally {
		rmdirSync(lock);
	}
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const [command, key, chinese, english] = process.argv.slice(2);
	if (command === 'compile') await compileWords();
	else if (command === 'add' && key && chinese && english) addWord(key, chinese, english);
	else {
		console.error('Usage: node scripts/words.mjs compile | add KEY 中文 English');
		process.exit(2);
	}
}
