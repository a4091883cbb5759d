// What the program counts, for Prometheus.

import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { deviceRules } from '#db/rules/device.ts';
import { isSkewed, skewS } from '#lib/domain/device/habit.ts';
import type { Company } from './cluster/start-cluster.ts';
import type { Databases } from './db/connection.ts';
import type { Ingest } from './ingest/accept.ts';
import type { Beacons } from './operations/beacons.ts';
import { measureDoors } from './operations/door-metrics.ts';
import type { WaysIn } from './ingest/ways-in.ts';
import type { LivePart } from './live/live-part.ts';
import { measureOperations } from './operations/metrics.ts';
import type { Operations } from './operations/start-operations.ts';
import type { Hub } from './sockets/hub.ts';

export interface Measured {
	databases: Databases;
	ingest: Ingest;
	waysIn: WaysIn;
	live: LivePart;
	hub: Hub;
	company: Company;
	operations: Operations;
	beacons: Beacons;
	/** Filled by the ingest; made before the registry is. */
	acknowledged: Histogram;
	dataDir: string;
}

/** Seconds from a batch of readings coming in to its acknowledgement. */
export function acknowledgeTimes(): Histogram {
	return new Histogram({
		name: 'ingest_ack_seconds',
		help: 'From a batch of readings coming in to its acknowledgement, which follows its commit',
		buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
		registers: [],
	});
}

export function createMetrics(measured: Measured): Registry {
	const { databases, ingest, waysIn, live, hub } = measured;
	const registry = new Registry();
	collectDefaultMetrics({ register: registry });
	const registers = [registry];

	/** A counter whose value is kept elsewhere. */
	function counted(name: string, help: string, value: () => number): void {
		new Counter({
			name,
			help,
			registers,
			collect() {
				this.reset();
				this.inc(value());
			},
		});
	}
	function gauged(name: string, help: string, value: () => number): void {
		new Gauge({
			name,
			help,
			registers,
			collect() {
				this.set(value());
			},
		});
	}

	const counts = ingest.counts();
	counted('ingest_received_total', 'Readings that came in, whatever became of them', () => counts.received);
	registry.registerMetric(measured.acknowledged);
	counted('ingest_quarantined_total', 'Frames and readings kept aside as dead letters', () => {
		const all = [...waysIn.deadLetters.counts().values()].reduce((sum, count) => sum + count, 0);
		return all - waysIn.deadLetters.dropped();
	});
	counted('ingest_accepted_total', 'Readings stored', () => counts.accepted);
	counted('ingest_duplicates_total', 'Readings that were there already', () => counts.duplicates);
	counted('ingest_refused_total', 'Requests sent away because too much was waiting', () => counts.refused);
	counted('ingest_failed_total', 'Readings that could not be stored and were not acknowledged', () => counts.failed);
	gauged('ingest_waiting', 'Readings waiting to be stored', () => counts.waiting);
	new Counter({
		name: 'ingest_rejected_total',
		help: 'Readings rejected, by reason',
		labelNames: ['reason'],
		registers,
		collect() {
			this.reset();
			for (const [reason, count] of Object.entries(counts.rejected)) this.inc({ reason }, count);
		},
	});

	gauged('mqtt_connections', 'Connections of devices, or to the bureau’s broker', () => waysIn.mqtt.connections());
	gauged('tcp_devices', 'Connections of stations and trackers', () => waysIn.tcp.connections());
	gauged('mqtt_up', 'Whether MQTT is taken in as it should be', () => Number(waysIn.mqtt.problem() === undefined));
	counted('dead_letters_dropped_total', 'Unreadable frames that were counted but not kept', () =>
		waysIn.deadLetters.dropped(),
	);
	new Counter({
		name: 'dead_letters_total',
		help: 'Frames and readings that could not be taken in, by protocol and reason',
		labelNames: ['protocol', 'reason'],
		registers,
		collect() {
			this.reset();
			for (const [key, count] of waysIn.deadLetters.counts()) {
				const [protocol, reason] = key.split(' ') as [string, string];
				this.inc({ protocol, reason }, count);
			}
		},
	});
	new Gauge({
		name: 'device_clock_skew_seconds',
		help: 'How far the clocks of devices are off: the worst, and how many are off by more than allowed',
		labelNames: ['what'],
		registers,
		collect() {
			const skews = [...live.state.devices.values()].map(({ habit }) => Math.abs(skewS(habit, deviceRules.habit) ?? 0));
			this.set(
				{ what: 'worst' },
				skews.reduce((worst, skew) => Math.max(worst, skew), 0),
			);
			this.set({ what: 'skewed' }, skews.filter((skew) => isSkewed(skew, deviceRules.habit)).length);
		},
	});

	gauged('alarms_open', 'Alarms that are open', () => live.engine.book.size);
	gauged('findings_waiting', 'Alarms and events waiting to be written', () => live.outbox.waiting());
	gauged('event_cursor', 'Last number of the event log that was handed on', () => live.feed.cursor);
	gauged('sockets', 'Browsers connected', () => hub.connections());
	gauged('database_up', 'Whether the database answers', () => Number(databases.isUp()));
	new Gauge({
		name: 'devices',
		help: 'Devices in the register that are bound to something, by presence',
		labelNames: ['presence'],
		registers,
		collect() {
			for (const [presence, count] of Object.entries(live.state.presences())) this.set({ presence }, count);
		},
	});
	measureOperations(measured, counted, gauged, registers);
	measureDoors(measured, counted, registers);
	return registry;
}
