// T5: what people, files and devices may write into the product is text wherever it is shown. Each payload would leave a
// mark if any page took it for HTML, script, style or an address; the page watches itself for violations of its policy.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { expect, signInAs, test } from './people.ts';
import { startServer, type Started } from './product.ts';

const PORT = String(Number(process.env.E2E_PORT ?? 3917) + 2);
const AT = `http://127.0.0.1:${PORT}`;

/** `data-stored` marks an element that came out of text, `__stored` a script that ran. */
const PAYLOADS = [
	'<b data-stored>1</b>',
	'<img data-stored src=x onerror="window.__stored=2">',
	'<script data-stored>window.__stored=3</script>',
	'"><svg data-stored onload="window.__stored=4">',
	"'><iframe data-stored srcdoc='<script>parent.__stored=5</script>'>",
	'</script><script>window.__stored=6</script>',
	'</title><style data-stored>*{display:none!important}</style>',
	'javascript:window.__stored=8//',
	'{{constructor.constructor("window.__stored=9")()}}${window.__stored=9}',
	'" autofocus onfocus="window.__stored=10" x="',
	'&lt;img data-stored src=x onerror=window.__stored=11&gt;',
	'<a data-stored href="javascript:window.__stored=12">点我</a>',
	'<!--><math data-stored><mtext></table><mglyph><style><img src=x onerror=window.__stored=13>',
	'\u202e<b data-stored>\u2066甲</b>',
];

interface Site {
	id: string;
	no: number;
}

/** What is asked is text; a small canvas leaves the processor to it. */
test.use({ viewport: { width: 1280, height: 800 } });
test.describe.configure({ timeout: 600_000 });

let started: Started;
let signIn: string;
const sites: Site[] = [];

test.beforeAll(async ({ browser }) => {
	test.setTimeout(420_000);
	started = await startServer(PORT, { SIMULATOR: 'off', MQTT_PORT: 'off' });
	signIn = readFileSync(join(started.data, 'sign-in.json'), 'utf8');
	await fill(browser);
});
test.afterAll(async () => {
	await started?.stop();
});

type Role = Parameters<typeof signInAs>[1];

/** Asks the product as a page of its own would. @returns the answer, which must be a good one */
async function ask<T>(page: Page, method: string, path: string, body?: unknown): Promise<T> {
	const { status, text } = await page.evaluate(
		async (asked) => {
			const json = asked.body === undefined ? {} : { body: JSON.stringify(asked.body) };
			const headers = { 'content-type': 'application/json' };
			const response = await fetch(asked.path, { method: asked.method, headers, ...json });
			return { status: response.status, text: await response.text() };
		},
		{ method, path, body },
	);
	expect(status, `${method} ${path}: ${text}`).toBeLessThan(300);
	return (text === '' ? undefined : JSON.parse(text)) as T;
}

async function as<T>(browser: Browser, role: Role, work: (page: Page) => Promise<T>): Promise<T> {
	const context = await browser.newContext({ locale: 'zh-CN' });
	const page = await context.newPage();
	try {
		await signInAs(page, role, signIn);
		return await work(page);
	} finally {
		await context.close();
	}
}

type Features = { features: { id: string; properties: { no: number; id: string } }[] };

/** Puts a payload into every kind of text a person can write: one site for each of them. */
async function fill(browser: Browser): Promise<void> {
	await as(browser, 'analyst', async (page) => {
		const { features } = await ask<Features>(page, 'GET', '/api/v1/sites?limit=200');
		sites.push(...features.slice(-PAYLOADS.length).map(({ properties: { id, no } }) => ({ id, no })));
		for (const [i, { id }] of sites.entries()) {
			const text = PAYLOADS[i]!;
			const { md5 } = await ask<{ md5: string }>(page, 'GET', `/api/v1/register/sites/${id}`);
			const values = { name: text, address: text };
			await ask(page, 'POST', '/api/v1/register/sites', { id, md5, values, datum: 'wgs84' });
			const scope = { kind: 'site', id };
			const wish = { ruleKey: 'towerCrane.moment', scope, values: { deadband: 6 }, from: null, until: null };
			await ask(page, 'POST', '/api/v1/rules', { ...wish, reason: text });
		}
	});
	await as(browser, 'dutyOfficer', async (page) => {
		for (const [i, { id }] of sites.entries()) {
			const text = PAYLOADS[i]!;
			const item = { kind: 'pump', name: text, person: text.slice(0, 60), place: text };
			await ask(page, 'POST', `/api/v1/flood/sites/${id}/ledger`, { do: 'put', item });
			const signal = { kind: 'rainstorm', colour: 'blue', issuer: text.slice(0, 80), areaCodes: ['330109'] };
			await ask(page, 'POST', '/api/v1/flood/signals/hand', { ...signal, headline: text, body: text });
		}
		const { features } = await ask<Features>(page, 'GET', `/api/v1/alarms?limit=${PAYLOADS.length}`);
		for (const [i, alarm] of features.entries())
			await ask(page, 'POST', '/api/v1/alarms/moves', { move: 'comment', alarms: [alarm.id], note: PAYLOADS[i] });
		const { sheet } = await ask<{ sheet: { from: string; reds: { id: string }[] } }>(page, 'GET', '/api/v1/handovers');
		const seen = { from: sheet.from, reds: sheet.reds.map(({ id }) => id) };
		await ask(page, 'POST', '/api/v1/handovers', { note: PAYLOADS.join('\n'), ...seen });
		const pits = await ask<Features>(page, 'GET', `/api/v1/pits?limit=${PAYLOADS.length}`);
		for (const [i, pit] of pits.features.entries())
			await ask(page, 'POST', `/api/v1/pits/${pit.properties.id}/danger`, { sign: 3, note: PAYLOADS[i] });
	});
}

/** Nothing of what was stored became part of the page, now and a while later. */
async function expectText(page: Page): Promise<void> {
	for (let looks = 0; looks < 3; looks++) {
		await page.waitForTimeout(700);
		const found = await page.evaluate(() => ({
			ran: (window as unknown as { __stored?: unknown }).__stored ?? null,
			elements: [...document.querySelectorAll('[data-stored]')].map(({ outerHTML }) => outerHTML),
			addresses: [...document.querySelectorAll('[href^="javascript:"],[src^="javascript:"]')].length,
			isShown: getComputedStyle(document.body).display !== 'none',
		}));
		expect(found).toEqual({ ran: null, elements: [], addresses: 0, isShown: true });
	}
}

/** Opens a page and, where it must show one of them, sees a payload there as it was written. */
async function visit(page: Page, path: string, shows?: string): Promise<void> {
	await page.goto(`${AT}${path}`);
	if (shows !== undefined)
		await expect(page.getByText(shows, { exact: false }).filter({ visible: true }).first()).toBeVisible();
	await expectText(page);
}

test('sheets of sites show what was written as text, each of the payloads', async ({ page }) => {
	await signInAs(page, 'dutyOfficer', signIn);
	for (const [i, { no }] of sites.entries()) await visit(page, `/?sel=site-${no}`, PAYLOADS[i]!.replace(/\s+/g, ' '));
});

test('the board with search, list and hover shows them as text', async ({ page }) => {
	await signInAs(page, 'dutyOfficer', signIn);
	await visit(page, '/');
	for (const text of ['data-stored', 'window.__stored', 'javascript']) {
		await page.getByRole('combobox', { name: /搜索/ }).fill(text);
		await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible();
		await expectText(page);
	}
});

test('alarms with their cards, the hand-over and the flood pages show them as text', async ({ page }) => {
	await signInAs(page, 'dutyOfficer', signIn);
	await visit(page, '/alarms');
	for (let card = 0; card < 4; card++) {
		await page.keyboard.press('j');
		await page.keyboard.press('Enter');
		await expectText(page);
		await page.keyboard.press('Escape');
	}
	// Folded away until one is chosen.
	await visit(page, '/alarms/handover');
	await page
		.getByRole('button', { name: /待接班人签收/ })
		.first()
		.click();
	await expect(page.getByText(PAYLOADS[0]!, { exact: false }).filter({ visible: true }).first()).toBeVisible();
	await expectText(page);
	await visit(page, '/alarms/quality');
	await visit(page, '/flood', PAYLOADS[0]);
	await visit(page, '/flood/ledger');
	await visit(page, '/flood/events');
	await visit(page, '/flood/what-if');
});

test('rules, coverage, pits, the leader’s picture and the wall show them as text', async ({ page }) => {
	await signInAs(page, 'dutyOfficer', signIn);
	await visit(page, '/rules', PAYLOADS[0]);
	await visit(page, '/coverage');
	const pits = await ask<Features>(page, 'GET', '/api/v1/pits?limit=3');
	for (const { properties } of pits.features) await visit(page, `/pit/${properties.id}/section`);
	await visit(page, '/risk');
	await visit(page, '/wall');
});

test('names of people are text to the administrators, and in the trail', async ({ page, browser }) => {
	await signInAs(page, 'securityAdmin', signIn);
	// As long as a name may be.
	const names = PAYLOADS.slice(0, 5).map((text) => text.slice(0, 40).trim());
	for (const [i, text] of names.entries()) {
		await page.goto(`${AT}/admin/people`);
		await page.getByLabel('账号').fill(`stored-${i}`);
		await page.getByLabel('姓名').fill(text);
		await page.getByRole('button', { name: '建立账号' }).click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(text);
		await expectText(page);
	}
	await visit(page, '/admin/people', PAYLOADS[0]);
	await as(browser, 'auditor', async (auditor) => visit(auditor, '/admin/audit'));
});
