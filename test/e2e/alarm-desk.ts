// A product of its own without the simulator, whose cranes say only what a walk lets them say, and what walks of the
// alarm desk ask of it.

import type { APIRequestContext, Browser, Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CraneBoxes } from './crane-boxes.ts';
import { drawNoMap, expect, signInAs } from './people.ts';
import { startServer, type Started } from './product.ts';

const SETTINGS = { SIMULATOR: 'off', MQTT_PORT: 'off' };

type Role = Parameters<typeof signInAs>[1];
export interface Alarm {
	id: string;
	deviceId: string;
	condition: string;
	handling: string;
	clearedAt: string | null;
}
export interface Crane {
	device: string;
	at: [number, number];
}

export class AlarmDesk {
	readonly origin: string;
	readonly #port: string;
	#product: Started | undefined;
	#boxes: CraneBoxes | undefined;
	/** One crane of each site that has one. */
	#cranes: Crane[] | undefined;
	#taken = 0;

	/** @param offset - of the port: files of walks run one after the other, and the one before may still be closing */
	constructor(offset: number) {
		this.#port = String(Number(process.env.E2E_PORT ?? 3917) + offset);
		this.origin = `http://127.0.0.1:${this.#port}`;
	}

	async start(): Promise<void> {
		this.#product = await startServer(this.#port, SETTINGS);
		this.#boxes = new CraneBoxes(this.#port, this.#product.data);
	}

	async stop(): Promise<void> {
		this.#boxes?.stop();
		await this.#product?.stop();
	}

	get boxes(): CraneBoxes {
		return this.#boxes!;
	}

	/** As a power cut would end it. */
	kill = (): Promise<void> => this.#product!.kill();
	async startAgain(): Promise<void> {
		this.#product = await startServer(this.#port, SETTINGS, this.#product!.data);
	}

	async signIn(page: Page, role: Role): Promise<void> {
		await signInAs(page, role, readFileSync(join(this.#product!.data, 'sign-in.json'), 'utf8'));
		this.#cranes ??= await cranesOf(page.request);
	}

	/** Another person at another browser, who looks at lists and not at the map. */
	async colleague(browser: Browser, role: Role): Promise<Page> {
		const context = await browser.newContext({
			...{ baseURL: this.origin, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' },
			viewport: { width: 1920, height: 1080 },
		});
		const page = await context.newPage();
		await drawNoMap(page);
		await this.signIn(page, role);
		return page;
	}

	/** Cranes nobody has heard of yet, each of another site. */
	fresh(count: number): Crane[] {
		return this.#cranes!.slice(this.#taken, (this.#taken += count));
	}
}

async function cranesOf(request: APIRequestContext): Promise<Crane[]> {
	const { features } = await (await request.get('/api/v1/machines?limit=1000')).json();
	const bySite = new Map<string, Crane>();
	for (const { properties, geometry } of features)
		if (properties.deviceId?.startsWith('TC-'))
			bySite.set(properties.siteId, { device: properties.deviceId, at: geometry.coordinates });
	return [...bySite.values()];
}

export const ids = (cranes: readonly Crane[]): string[] => cranes.map(({ device }) => device);

export async function alarmsOf(request: APIRequestContext, state = 'standing'): Promise<Alarm[]> {
	const { items } = await (await request.get(`/api/v1/alarms?state=${state}&format=json&limit=1000`)).json();
	return items as Alarm[];
}

export async function alarmOf(
	request: APIRequestContext,
	device: string,
	condition = 'moment',
): Promise<Alarm | undefined> {
	return (await alarmsOf(request)).find((alarm) => alarm.deviceId === device && alarm.condition === condition);
}

/** Ids of the alarms of these cranes, once each has one. */
export async function raised(page: Page, cranes: readonly Crane[], condition = 'moment'): Promise<string[]> {
	const found: string[] = [];
	for (const { device } of cranes) {
		await expect.poll(async () => (await alarmOf(page.request, device, condition))?.id).toBeTruthy();
		found.push((await alarmOf(page.request, device, condition))!.id);
	}
	return found;
}

/** The row of an alarm on the board. */
export const row = (page: Page, id: string) => page.locator(`[data-row="${id}"]`);
export const list = (page: Page) => page.getByRole('list', { name: '告警处置' });
