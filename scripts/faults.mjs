// Writes docs/faults.md: every fault of the fault model, what the product does then, and the tests named after it. The
// tests are found by their titles, so the list cannot say more than they do. `node scripts/faults.mjs --check` only
// compares.

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const TARGET = join(root, 'docs/faults.md');

/** Fault, what must happen then, and for those that nothing is built for yet, whose they are. */
const FAULTS = JSON.parse(readFileSync(join(root, 'docs/faults.json'), 'utf8'));

/** Titles of tests that name faults: `F-21 …`, `F-44 F-14 …`. */
export function testsByFault() {
	const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'src', 'db', 'test'], {
		cwd: root,
		encoding: 'utf8',
	})
		.split('\n')
		.filter((file) => /\.(test|e2e)\.ts$/.test(file))
		.sort();
	const found = new Map();
	for (const file of files) {
		let text;
		try {
			text = readFileSync(join(root, file), 'utf8');
		} catch {
			continue;
		}
		for (const [, , title] of text.matchAll(/(['"`])((?:F-\d{2}[ ,:])+[^\n]*?)\1/g)) {
			for (const [fault] of title.matchAll(/F-\d{2}/g)) {
				const words = title.replace(/^(F-\d{2}[ ,:]+)+/, '').replace(/\$\{[^}]*\}/g, '…');
				found.set(fault, [...(found.get(fault) ?? []), { file, words }]);
			}
		}
	}
	return found;
}

export function faultsPage() {
	const tests = testsByFault();
	const rows = FAULTS.map(({ no, fault, behaviour, later }) => {
		const own = tests.get(no) ?? [];
		const proof = own.length
			? own.map(({ file, words }) => `“${words}” \`${file}\``).join('<br>')
			: (later ?? 'not yet');
		return `| ${no} | ${fault} | ${behaviour} | ${proof.replaceAll('|', '\\|')} |`;
	});
	const proved = FAULTS.filter(({ no }) => tests.has(no)).length;
	return `# 故障 · Faults

What may break, what the product does then, and the test that breaks it. Made by \`node scripts/faults.mjs\` from
\`docs/faults.json\` and the titles of the tests; a test fails when this page is not what it would make. Short forms run
in \`npm test\`, long ones in \`npm run test:nightly\`. ${proved} of ${FAULTS.length} have a test.

| # | fault | behaviour | tests |
|---|---|---|---|
${rows.join('\n')}
`;
}

if (process.argv[1] === import.meta.filename) {
	const page = faultsPage();
	if (!process.argv.includes('--check')) writeFileSync(TARGET, page);
	else if (readFileSync(TARGET, 'utf8') !== page) {
		console.error('docs/faults.md is not what the tests say: run node scripts/faults.mjs');
		process.exitCode = 1;
	}
}
