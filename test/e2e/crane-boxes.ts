// The monitors of cranes of a product that is being tested: what each says from now on is sent every few seconds, and
// what the product could not take waits and is sent again, as a gateway would do it.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

type Values = Record<string, number>;

const EVERY_MS = 5000;
const root = join(import.meta.dirname, '../..');

export class CraneBoxes {
	readonly #address: string;
	readonly #bearer: string;
	readonly #says = new Map<string, { values: Values; sentMs: number }>();
	#waiting: object[] = [];
	#sending = Promise.resolve();
	#seq = Math.floor(Date.now() / 1000);
	readonly #timer: NodeJS.Timeout;

	constructor(port: string, data: string) {
		this.#address = `http://127.0.0.1:${port}/api/v1/telemetry`;
		const { stdout, stderr } = spawnSync(
			process.execPath,
			['scripts/cli.mjs', 'token', 'create', '--name', 'gateway', '--scope', 'ingest'],
			{ cwd: root, encoding: 'utf8', env: { ...process.env, DATA_DIR: data, DATABASE_URL: '', PORT: port } },
		);
		this.#bearer = stdout.trim();
		if (!this.#bearer.startsWith('swt_')) throw new Error(`No key for the boxes: ${stderr}`);
		this.#timer = setInterval(() => this.#tick(), EVERY_MS);
	}

	/** What these say from now on, and have said since some seconds ago; what they said before stays said. */
	async say(devices: readonly string[], values: Values, sinceS = 0): Promise<void> {
		const nowMs = Date.now();
		for (const device of devices) {
			const sentMs = Math.max(this.#says.get(device)?.sentMs ?? 0, nowMs - sinceS * 1000 - EVERY_MS);
			this.#says.set(device, { values, sentMs });
		}
		this.#tick();
		await this.#sending;
	}

	/** Over the limit for half a minute, and calm since three quarters of one: raised and cleared before anybody looked. */
	async hadBeenOverloaded(device: string): Promise<void> {
		const nowMs = Date.now();
		this.#fill(device, { momentPercent: 93, windMs: 4 }, nowMs - 90_000, nowMs - 60_000);
		this.#fill(device, { momentPercent: 30, windMs: 4 }, nowMs - 55_000, nowMs);
		this.#says.set(device, { values: { momentPercent: 30, windMs: 4 }, sentMs: nowMs });
		this.#tick();
		await this.#sending;
	}

	stop(): void {
		clearInterval(this.#timer);
	}

	#fill(device: string, values: Values, fromMs: number, toMs: number): void {
		for (let atMs = fromMs; atMs <= toMs; atMs += EVERY_MS)
			this.#waiting.push({ device, at: new Date(atMs).toISOString(), seq: ++this.#seq, values });
	}

	#tick(): void {
		const nowMs = Date.now();
		for (const [device, { values, sentMs }] of this.#says) {
			if (sentMs + EVERY_MS > nowMs) continue;
			this.#fill(device, values, sentMs + EVERY_MS, nowMs);
			const steps = Math.floor((nowMs - sentMs) / EVERY_MS);
			this.#says.set(device, { values, sentMs: sentMs + steps * EVERY_MS });
		}
		this.#sending = this.#sending.then(() => this.#send());
	}

	async #send(): Promise<void> {
		const readings = this.#waiting.slice(0, 2000);
		if (readings.length === 0) return;
		const response = await fetch(this.#address, {
			method: 'POST',
			headers: { authorization: `Bearer ${this.#bearer}`, 'content-type': 'application/json' },
			body: JSON.stringify({ readings }),
		}).catch(() => undefined);
		if (response?.ok) this.#waiting = this.#waiting.slice(readings.length);
	}
}
