// `npm test`: installs what it lacks and runs formatting, lint, types, unit, database, flow and browser tests.
// Ends with one line `N passed, N failed`. With --nightly the long forms run too.

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { findBrowser } from './browser.mjs';
import { ensureBuilt, ensureInstalled, ensureWords } from './setup.mjs';
import { main, run, step } from './steps.mjs';

const nightly = process.argv.includes('--nightly');
const only = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
const isWanted = (name) => only.length === 0 || only.includes(name);
const tally = { passed: 0, failed: 0, skipped: 0 };
/** What failed, named again at the very end, where it is looked for. */
const failures = [];
const reports = mkdtempSync(join(tmpdir(), 'sitewatch-test-'));

/** One check that either holds or does not. */
async function check(name, title, work) {
	if (!isWanted(name)) return;
	try {
		await step(title, work, { isBeside: true });
		tally.passed++;
	} catch (error) {
		tally.failed++;
		failures.push(title);
		console.log(error.output ?? error.message);
	}
}

/** A suite with a report of its own; a suite that ends without one has failed as a whole. */
async function suite(name, title, start, read) {
	if (!isWanted(name)) return;
	const file = join(reports, `${name}.json`);
	console.log(`· ${title}`);
	const began = Date.now();
	const failure = await start(file).catch((error) => error);
	if (!existsSync(file)) {
		tally.failed++;
		failures.push(`${title}: no report`);
		console.log(failure?.output ?? failure?.message ?? `${title}: no report`);
		return;
	}
	const { passed, failed, skipped, names } = read(JSON.parse(readFileSync(file, 'utf8')));
	failures.push(...names);
	if (failure && !failed) {
		tally.failed++;
		failures.push(`${title}: ${failure.message}`);
	}
	tally.passed += passed;
	tally.failed += failed;
	tally.skipped += skipped;
	const minutes = ((Date.now() - began) / 60_000).toFixed(1);
	console.log(`  ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}; ${minutes} min`);
}

const node = process.execPath;
const vitest = (project) => (file) =>
	run(
		node,
		[
			'node_modules/vitest/vitest.mjs',
			'run',
			'--project',
			project,
			'--reporter=default',
			'--reporter=json',
			`--outputFile.json=${file}`,
		],
		{
			show: true,
			env: { NIGHTLY: nightly ? '1' : '' },
		},
	);
const readVitest = (report) => ({
	passed: report.numPassedTests,
	failed:
		report.numFailedTests +
		report.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.length).length,
	skipped: report.numPendingTests,
	names: report.testResults.flatMap(({ name, status, message, assertionResults }) => {
		const file = relative(process.cwd(), name);
		const failed = assertionResults.filter((test) => test.status === 'failed');
		if (failed.length) return failed.map((test) => `${file} › ${test.fullName}: ${firstLine(test.failureMessages[0])}`);
		return status === 'failed' ? [`${file}: ${firstLine(message)}`] : [];
	}),
});
const readPlaywright = ({ stats, suites, errors }) => ({
	passed: stats.expected + stats.flaky,
	failed: stats.unexpected,
	skipped: stats.skipped,
	names: [
		...specsOf(suites)
			.filter(({ ok }) => !ok)
			.map(({ file, title, tests }) => {
				const error = tests.flatMap(({ results }) => results).find((result) => result.error)?.error;
				return `${file} › ${title}: ${firstLine(error?.message)}`;
			}),
		...errors.map(({ message }) => firstLine(message)),
	],
});
const specsOf = (suites = []) => suites.flatMap((suite) => [...(suite.specs ?? []), ...specsOf(suite.suites)]);
const firstLine = (text) => stripVTControlCharacters(text ?? '').split('\n')[0];

await main(async () => {
	await ensureInstalled();
	await step('词典 · words', ensureWords);
	await run(node, ['node_modules/@sveltejs/kit/svelte-kit.js', 'sync']);

	if (['format', 'lint', 'types'].some(isWanted)) console.log('· 格式、规范、类型 · formatting, lint, types');
	await Promise.all([
		check('types', '类型 · types', () =>
			run(node, [
				'node_modules/svelte-check/bin/svelte-check',
				'--tsconfig',
				'./tsconfig.json',
				'--fail-on-warnings',
				'--output',
				'human',
			]),
		),
		check('format', '格式 · formatting', () =>
			run(node, ['node_modules/prettier/bin/prettier.cjs', '--check', '.', '--log-level', 'warn']),
		).then(() =>
			check('lint', '规范 · lint', () => run(node, ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0'])),
		),
	]);
	await suite('unit', '单元测试 · unit tests', vitest('unit'), readVitest);
	await suite('database', '数据库与流程测试 · database and flow tests', vitest('database'), readVitest);
	await suite('alone', '停机与时限测试 · tests that kill and time', vitest('alone'), readVitest);
	if (isWanted('browser')) {
		await ensureBuilt();
		const browser = await findBrowser();
		await suite(
			'browser',
			'浏览器测试 · browser tests',
			(file) =>
				run(
					node,
					[
						'node_modules/@playwright/test/cli.js',
						'test',
						'--config',
						'test/e2e/playwright.config.ts',
						'--reporter=list,json',
					],
					{
						show: true,
						env: { CHROMIUM: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: file, NIGHTLY: nightly ? '1' : '' },
					},
				),
			readPlaywright,
		);
	}
	rmSync(reports, { recursive: true, force: true });

	// Where the machine has everything, a test that was skipped has proved nothing.
	if (process.env.CI && tally.skipped) {
		console.log(`${tally.skipped} tests were skipped; on this machine none may be.`);
		tally.failed += tally.skipped;
	}
	if (!process.env.TEST_DATABASE_URL)
		console.log('PostgreSQL: not tested (TEST_DATABASE_URL names no server); the embedded database was.');
	for (const name of failures) console.log(`✗ ${name}`);
	console.log(`${tally.passed} passed, ${tally.failed} failed`);
	process.exitCode = tally.failed ? 1 : 0;
});
