// The live part with its ingest over a test database and a clock that is set by hand.

import { createIngest, type Ingest } from '#lib/server/ingest/accept.ts';
import { createDeadLetters, type DeadLetters } from '#lib/server/ingest/dead-letters.ts';
import { openMappings, type Mappings } from '#lib/server/ingest/mappings.ts';
import { createPartitions } from '#lib/server/ingest/partitions.ts';
import { refusedReading } from '#lib/server/ingest/refused-reading.ts';
import { createStills } from '#lib/server/ingest/stills.ts';
import { openStore } from '#lib/server/ingest/store.ts';
import type { MqttIntake } from '#lib/server/ingest/mqtt/take-message.ts';
import { startLive, type LivePart } from '#lib/server/live/live-part.ts';
import type { Databases } from '#lib/server/db/connection.ts';
import type { TelemetryAnswer } from '#lib/contract/telemetry.ts';
import type { Level } from '#lib/domain/level.ts';

export class AtWork {
	readonly live: LivePart;
	readonly ingest: Ingest;
	readonly intake: MqttIntake & { deadLetters: DeadLetters; mappings: Mappings };
	readonly faults: unknown[];
	readonly #clock: { ms: number };

	private constructor(live: LivePart, intake: AtWork['intake'], faults: unknown[], clock: { ms: number }) {
		this.live = live;
		this.intake = intake;
		this.ingest = intake.ingest;
		this.faults = faults;
		this.#clock = clock;
	}

	/** @param holdBackMs - how long readings wait for each other, as with several connections to a broker */
	static async start(databases: Databases, at: string, holdBackMs: () => number = () => 0): Promise<AtWork> {
		const clock = { ms: Date.parse(at) };
		const now = () => clock.ms;
		const faults: unknown[] = [];
		const onFault = (error: unknown) => void faults.push(error);
		const live = await startLive(databases, { now, onFault, sweepEveryMs: 0, holdBackMs });
		const deadLetters = createDeadLetters(databases.ingest, now);
		const ingest = createIngest({
			devices: live.state.devices,
			store: openStore(databases),
			partitions: createPartitions(databases.ingest),
			onStored: (rows, nowMs) => live.observe(rows, nowMs),
			onRefused: (item, refusal, from) => deadLetters.note(refusedReading(item, refusal, from)),
			onFault,
			isUp: () => databases.isUp(),
			now,
		});
		const stills = createStills(databases.ingest, live.state.devices, now);
		const mappings = await openMappings(databases.read);
		return new AtWork(live, { ingest, deadLetters, stills, mappings, now }, faults, clock);
	}

	get now(): Date {
		return new Date(this.#clock.ms);
	}

	/** A reading measured now, or some seconds ago. */
	reading(device: string, values: Record<string, unknown>, agoS = 0, seq = 0) {
		return { device, at: new Date(this.#clock.ms - agoS * 1000).toISOString(), seq, values };
	}

	send(...readings: unknown[]): Promise<TelemetryAnswer> {
		return this.ingest.accept(readings);
	}

	/** Lets the clock go on second by second, as the sweeps of a running server would see it. */
	pass(seconds: number): void {
		for (let i = 0; i < seconds; i++) {
			this.tick(1000);
			this.live.engine.sweep(this.#clock.ms);
		}
	}

	/** Lets the clock go on a little; what was held back so long is judged. */
	tick(ms: number): void {
		this.#clock.ms += ms;
		this.live.release();
	}

	/** Sends the same values every `everyS` seconds. */
	async keepSending(device: string, values: Record<string, unknown>, times: number, everyS = 5): Promise<void> {
		for (let i = 0; i < times; i++) {
			await this.send(this.reading(device, values));
			this.pass(everyS);
		}
	}

	levelOf(name: string): Level | undefined {
		const object = this.live.state.objects.find((entry) => entry.name === name);
		return object && this.live.state.levelOf(object);
	}

	async close(): Promise<void> {
		await this.intake.deadLetters.close();
		await this.ingest.close();
		await this.live.close();
	}
}
