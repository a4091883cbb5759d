// A browser page that belongs to a kind of user and watches itself: page errors and CSP violations end the test.

import { expect, test as base, type Page } from '@playwright/test';

type Kind =
	'dutyOfficer' | 'nightOfficer' | 'supervisor' | 'leader' | 'analyst' | 'systemAdmin' | 'securityAdmin' | 'auditor';

interface Links {
	links: { kind: string; label: string; url: string }[];
}

/**
 * Goes through the sign-in link of that kind of user and waits for the board.
 *
 * @param signIn - of another product than the one all tests share
 */
export async function signInAs(page: Page, role: Kind, signIn = process.env.E2E_SIGN_IN): Promise<void> {
	await page.goto(linkOf(role, signIn));
	// The page lets people in by itself after a moment; on a busy machine it is gone before the button is pressed.
	const enter = page.locator('form[action="?/enter"] button');
	await enter.click({ timeout: 5000 }).catch(() => undefined);
	// Not by waiting for one navigation: where both have sent the form, the first is broken off by the second.
	await expect(page).not.toHaveURL(/\/login\//);
	await page.waitForLoadState();
}

export function linkOf(role: Kind, signIn = process.env.E2E_SIGN_IN): string {
	const { links } = JSON.parse(signIn ?? '{"links":[]}') as Links;
	const link = links.find((entry) => entry.kind === role);
	if (!link) throw new Error(`No sign-in link for ${role}.`);
	return link.url;
}

/**
 * From here on the page's browser draws no map. Without a graphics card the first pictures of a map stop a page for
 * seconds, which says nothing about what is timed.
 */
export async function drawNoMap(page: Page): Promise<void> {
	await page.addInitScript(() => {
		const { getContext } = HTMLCanvasElement.prototype;
		HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
			if (kind.startsWith('webgl')) return null;
			return (getContext as (...all: unknown[]) => unknown).call(this, kind, ...rest);
		} as typeof getContext;
	});
}

export const test = base.extend<{ faults: string[] }>({
	faults: [
		async ({ page }, use) => {
			const faults: string[] = [];
			page.on('pageerror', (error) => faults.push(`page error: ${error.message}`));
			page.on('console', (message) => {
				if (/Content Security Policy|Refused to/i.test(message.text())) faults.push(`CSP: ${message.text()}`);
			});
			page.on('request', (request) => {
				const { protocol, hostname } = new URL(request.url());
				if (/^(https?|wss?):$/.test(protocol) && hostname !== '127.0.0.1')
					faults.push(`outside request: ${request.url()}`);
			});
			await use(faults);
			expect(faults).toEqual([]);
		},
		{ auto: true },
	],
});

export { expect } from '@playwright/test';
