// Devices and what they are bound to, with time ranges: monitors on nearly every machine, sensors on the points of pits
// with continuous monitoring, one dust station per site, monitors of welding machines and cameras at some.

import type { Random } from '#lib/domain/random.ts';
import { momentOf } from './calendar.ts';
import type { Machines } from './machines.ts';
import type { DemoPit } from './pits.ts';
import type { BindingRow, DeviceRow, InstallationRow, MonitorPointRow } from './rows.ts';
import type { DemoSite } from './sites.ts';
import type { Sources } from './sources.ts';

export interface Devices {
	devices: DeviceRow[];
	bindings: BindingRow[];
}

const VENDORS = ['筑眼', '砺讯', '枢联', '衡测'] as const;
/** A crane monitor speaks every 5 s at work and every 60 s at rest; silence is counted from the longer one. */
const MONITOR_S = 60;
const DUST_S = 60;
/** Monitors of welding machines, and cameras that watch by themselves, in the whole district. */
const WELDERS = 120;
const CAMERAS = 90;
const WELDER_S = 60;
const CAMERA_S = 300;
const HOT_STAGES: readonly string[] = ['structure', 'masonry', 'finishing'];
/** Reporting intervals of pit sensors in seconds, and their shares. */
const SENSOR_S = [
	[300, 2],
	[600, 3],
	[900, 2],
	[1800, 3],
	[3600, 2],
] as const;
/** Pits with continuous monitoring, and the points of theirs that have a sensor. */
const ONLINE_PITS = 0.62;
const ONLINE_POINTS = 0.85;
const WITHOUT_MONITOR = 0.03;

export function bindDevices(
	random: Random,
	sites: readonly DemoSite[],
	{ current, former, machines }: Machines,
	pits: readonly DemoPit[],
	points: readonly MonitorPointRow[],
	sources: Sources,
): Devices {
	const source_id = sources.add('devices', '监测设备');
	const devices: DeviceRow[] = [];
	const bindings: BindingRow[] = [];
	const bind = (
		device_id: string,
		to: { installation?: InstallationRow; point?: MonitorPointRow; site?: DemoSite },
		from: string,
		until: string | null = null,
	) =>
		bindings.push({
			id: random.uuid(),
			device_id,
			installation_id: to.installation?.id ?? null,
			monitor_point_id: to.point?.id ?? null,
			site_id: to.site?.row.id ?? null,
			bound_from: from,
			bound_to: until,
			source_id,
		});
	const add = (id: string, kind: DeviceRow['kind'], interval: number, gateway: string | null = null): string => {
		devices.push({ id, kind, vendor: random.pick(VENDORS), expected_interval_s: interval, gateway, source_id });
		return id;
	};

	const before = new Map(former.map((installation) => [installation.machine_id, installation]));
	const serials = { towerCrane: 0, hoist: 0 };
	for (const [index, installation] of current.entries()) {
		if (random.chance(WITHOUT_MONITOR)) continue;
		const kind = machines[index]!.kind === 'hoist' ? 'hoist' : 'towerCrane';
		const serial = String((serials[kind] += 1)).padStart(4, '0');
		const id =
			kind === 'hoist'
				? add(`SC-${serial}`, 'hoistMonitor', MONITOR_S)
				: add(`TC-${serial}`, 'craneMonitor', MONITOR_S);
		const earlier = before.get(installation.machine_id);
		if (earlier)
			bind(id, { installation: earlier }, momentOf(earlier.installed_on, 600), momentOf(earlier.removed_on!, 600));
		bind(id, { installation }, momentOf(installation.installed_on, 600));
	}

	const byPit = new Map<string, MonitorPointRow[]>();
	for (const point of points) byPit.set(point.pit_id, [...(byPit.get(point.pit_id) ?? []), point]);
	let sensors = 0;
	let collectors = 0;
	for (const pit of pits) {
		if (!random.chance(ONLINE_PITS)) continue;
		const interval = random.weighted(SENSOR_S);
		// The collector at the edge of the pit; its sensors have no line of their own.
		const gateway = `CJ-${String((collectors += 1)).padStart(3, '0')}`;
		for (const point of byPit.get(pit.row.id) ?? []) {
			if (!random.chance(ONLINE_POINTS)) continue;
			const id = add(`JK-${String((sensors += 1)).padStart(4, '0')}`, 'pitSensor', interval, gateway);
			bind(id, { point }, momentOf(pit.row.started_on!, 540));
		}
	}

	// A dust station carries the permit number of its site, as the bureau's sticker on the box does.
	for (const site of sites)
		bind(add(`YC-${site.row.permit_no}`, 'dustStation', DUST_S), { site }, momentOf(site.startedOn, 540));

	// Welding goes on, and is watched, while the building grows.
	const works = random.fork('works');
	const growing = sites.filter(({ row, stage }) => row.state === 'active' && HOT_STAGES.includes(stage));
	const watch = (kind: 'hotWork' | 'camera', prefix: string, interval: number, count: number) => {
		const chosen = works.shuffled(growing).slice(0, count);
		for (const [index, site] of chosen.entries()) {
			const id = `${prefix}-${String(index + 1).padStart(4, '0')}`;
			devices.push({ id, kind, vendor: works.pick(VENDORS), expected_interval_s: interval, gateway: null, source_id });
			bindings.push({
				...{ id: works.uuid(), device_id: id, installation_id: null, monitor_point_id: null },
				...{ site_id: site.row.id, bound_from: momentOf(site.startedOn, 540), bound_to: null, source_id },
			});
		}
	};
	watch('hotWork', 'HJ', WELDER_S, WELDERS);
	watch('camera', 'AI', CAMERA_S, CAMERAS);
	return { devices, bindings };
}
