// What the program counts, for Prometheus.

import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { Databases } from './db/connection.ts';
import type { Ingest } from './ingest/accept.ts';
import type { LivePart } from './live/live-part.ts';
import type { Hub } from './sockets/hub.ts';

export interface Measured {
	databases: Databases;
	ingest: Ingest;
	live: LivePart;
	hub: Hub;
}

export function createMetrics({ databases, ingest, live, hub }: Measured): Registry {
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
			for (const [presence, count] of Object.entries(live.engine.presences())) this.set({ presence }, count);
		},
	});
	return registry;
}
