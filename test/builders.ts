// Small registers for tests: aRegister(db).withTown(…).withSite(…).withCrane(…).build(). Things are named by what
// people call them; ids are made here and looked up in the database, so builders can follow one another.

import { randomUUID } from 'node:crypto';
import type { MultiPolygon } from 'geojson';
import type { DeviceTable } from '#db/schema.ts';
import type { Db } from '#lib/server/db/connection.ts';
import { asLngLat, fromGeoJson, fromLngLat } from '#lib/server/db/geo.ts';
import { moved, type LngLat } from '#lib/domain/geo.ts';

interface SiteWish {
	name: string;
	town: string | null;
	at: LngLat;
	pinyin?: string;
	permitNo?: string;
	state?: 'active' | 'stopped' | 'suspended' | 'finished';
}

interface CraneWish {
	site: string;
	record: string;
	device?: string;
	madeOn?: string;
	ratedMomentKnm?: number;
	jibRadiusM?: number;
	intervalS?: number;
}

interface HazardWish {
	site: string;
	foundAt: string;
	closedAt?: string;
	major?: boolean;
}

interface PitWish {
	site: string;
	name: string;
	depthM?: number;
	/** Codes of wall-top points, each with a device of the same name. */
	points?: string[];
}

/** A square of `halfM` metres to each side. */
export function square(center: LngLat, halfM: number): MultiPolygon {
	const corners = [45, 135, 225, 315].map((bearing) => moved(center, bearing, halfM * Math.SQRT2));
	return { type: 'MultiPolygon', coordinates: [[[...corners, corners[0]!]]] };
}

class RegisterBuilder {
	readonly #db: Db;
	readonly #steps: ((source: string) => Promise<unknown>)[] = [];

	constructor(db: Db) {
		this.#db = db;
	}

	withTown(code: string, name: string, center: LngLat): this {
		return this.#with((source_id) =>
			this.#db
				.insertInto('town')
				.values({ code, name, boundary: fromGeoJson(square(center, 1000)), valid_from: '2021-04-09', source_id })
				.execute(),
		);
	}

	withSite({ name, town, at, pinyin = '', permitNo, state = 'active' }: SiteWish): this {
		return this.#with((source_id) =>
			this.#db
				.insertInto('site')
				.values({
					id: randomUUID(),
					name,
					name_pinyin: pinyin,
					permit_no: permitNo ?? null,
					town_code: town,
					location: fromLngLat(at),
					boundary: fromGeoJson(square(at, 80)),
					state,
					source_id,
				})
				.execute(),
		);
	}

	withCrane({ site, record, device, madeOn, ratedMomentKnm, jibRadiusM = 55, intervalS = 5 }: CraneWish): this {
		return this.#with(async (source_id) => {
			const machine_id = randomUUID();
			const installation_id = randomUUID();
			const { id: site_id, at } = await this.#site(site);
			await this.#db
				.insertInto('machine')
				.values({
					id: machine_id,
					kind: 'towerCrane',
					property_record_no: record,
					rated_moment_knm: ratedMomentKnm ?? null,
					manufactured_on: madeOn ?? null,
					source_id,
				})
				.execute();
			await this.#db
				.insertInto('installation')
				.values({
					id: installation_id,
					machine_id,
					site_id,
					location: fromLngLat(at),
					jib_radius_m: jibRadiusM,
					installed_on: '2026-01-01',
					source_id,
				})
				.execute();
			if (device) await this.#device(device, 'craneMonitor', intervalS, { installation_id }, source_id);
		});
	}

	withPit({ site, name, depthM = 8, points = [] }: PitWish): this {
		return this.#with(async (source_id) => {
			const pit_id = randomUUID();
			const { id: site_id, at } = await this.#site(site);
			await this.#db
				.insertInto('pit')
				.values({
					id: pit_id,
					site_id,
					name,
					depth_m: depthM,
					stage: 'digging',
					boundary: fromGeoJson(square(at, 40)),
					source_id,
				})
				.execute();
			for (const code of points) {
				const monitor_point_id = randomUUID();
				await this.#db
					.insertInto('monitor_point')
					.values({
						id: monitor_point_id,
						pit_id,
						code,
						quantity: 'wallTopHorizontal',
						location: fromLngLat(at),
						source_id,
					})
					.execute();
				await this.#device(code, 'pitSensor', 600, { monitor_point_id }, source_id);
			}
		});
	}

	/** Somebody who may patrol; by default with a certificate that holds for long. */
	withOfficer(name: string, certificateUntil: string | null = '2029-12-31'): this {
		return this.#with((source_id) =>
			this.#db
				.insertInto('officer')
				.values({ id: randomUUID(), name, login: null, certificate_until: certificateUntil, source_id })
				.execute(),
		);
	}

	/** Where patrols start. */
	withBase(name: string, at: LngLat): this {
		return this.#with((source_id) =>
			this.#db
				.insertInto('patrol_base')
				.values({ id: randomUUID(), name, location: fromLngLat(at), is_default: true, source_id })
				.execute(),
		);
	}

	/** A device of the site itself: a camera, a dust station, a welding machine. */
	withSiteDevice(site: string, kind: DeviceTable['kind'], device: string, intervalS = 60): this {
		return this.#with(async (source_id) =>
			this.#device(device, kind, intervalS, { site_id: (await this.#site(site)).id }, source_id),
		);
	}

	withHazard({ site, foundAt, closedAt, major = false }: HazardWish): this {
		return this.#with(async (source_id) =>
			this.#db
				.insertInto('hazard')
				.values({
					id: randomUUID(),
					site_id: (await this.#site(site)).id,
					found_at: foundAt,
					category: 'crane',
					description: '起重机械附着装置松动',
					is_major: major,
					found_by: 'patrol',
					rectified_at: closedAt ?? null,
					accepted_at: closedAt ?? null,
					closed_at: closedAt ?? null,
					source_id,
				})
				.execute(),
		);
	}

	async build(): Promise<void> {
		const source = randomUUID();
		await this.#db
			.insertInto('source')
			.values({ id: source, kind: 'hand', subject: 'test', name: 'test', created_at: new Date(), created_by: 'test' })
			.execute();
		for (const step of this.#steps) await step(source);
	}

	#with(step: (source: string) => Promise<unknown>): this {
		this.#steps.push(step);
		return this;
	}

	async #site(name: string): Promise<{ id: string; at: LngLat }> {
		return this.#db
			.selectFrom('site')
			.select(['id', asLngLat('location').as('at')])
			.where('name', '=', name)
			.executeTakeFirstOrThrow();
	}

	async #device(
		id: string,
		kind: DeviceTable['kind'],
		expected_interval_s: number,
		bound: { installation_id: string } | { monitor_point_id: string } | { site_id: string },
		source_id: string,
	): Promise<void> {
		await this.#db.insertInto('device').values({ id, kind, expected_interval_s, source_id }).execute();
		await this.#db
			.insertInto('device_binding')
			.values({ id: randomUUID(), device_id: id, ...bound, bound_from: '2026-01-01T00:00:00Z', source_id })
			.execute();
	}
}

export function aRegister(db: Db): RegisterBuilder {
	return new RegisterBuilder(db);
}
