// The demonstration district: Xiaoshan's published inventory of mid-2025 as invented records. The same seed, day and
// base map give the same rows to the byte.

import { seeded } from '#lib/domain/random.ts';
import { calendarOf } from './calendar.ts';
import { bindDevices } from './devices.ts';
import { inventExperts } from './experts.ts';
import { inventFirms } from './firms.ts';
import { inventFormworks, inventScaffolds } from './formwork.ts';
import { gridRows } from './grids.ts';
import { landWithout, type DemoTowns, type DemoWater } from './land.ts';
import { inventMachines } from './machines.ts';
import { inventPoints } from './monitor-points.ts';
import { inventPatrols } from './patrol.ts';
import { inventPits } from './pits.ts';
import { isInside, outerRings, toPlane } from './plane.ts';
import { layOutPlots } from './plots.ts';
import { drawProjects } from './projects.ts';
import { PUBLISHED } from './published.ts';
import type { DemoDistrict, GridRow } from './rows.ts';
import { inventSites, type DemoSite } from './sites.ts';
import { startSources } from './sources.ts';
import { superviseDistrict } from './supervision.ts';
import { townRows } from './towns.ts';

export interface DemoWish {
	seed: string | number;
	/** `YYYY-MM-DD`, Shanghai. */
	today: string;
	towns: DemoTowns;
	water: DemoWater;
}

/**
 * Every subject draws from a stream of its own, so a change in one leaves the others as they were.
 *
 * @throws Error when the base map has no room for the published numbers
 */
export function buildDemoDistrict({ seed, today, towns, water }: DemoWish): DemoDistrict {
	const random = seeded(seed);
	const calendar = calendarOf(today);
	const land = landWithout(water);
	const sources = startSources(random.fork('sources'), calendar);

	const town = townRows(towns, sources);
	const firms = inventFirms(random.fork('firms'), calendar, sources);
	const projects = drawProjects(random.fork('projects'), PUBLISHED.sites, PUBLISHED.floorAreaM2);
	const plots = layOutPlots(
		random.fork('plots'),
		projects.map(({ landAreaM2 }) => landAreaM2),
		towns,
		land,
	);
	const management_grid = gridRows(random.fork('grids'), towns.features, plots, land, sources);
	const sites = inventSites(random.fork('sites'), calendar, projects, plots, firms, sources);
	for (const site of sites) site.row.grid_id = gridOf(site, management_grid);

	const pits = inventPits(random.fork('pits'), calendar, sites, sources);
	const machines = inventMachines(random.fork('machines'), calendar, sites, firms, sources);
	const monitor_point = inventPoints(random.fork('points'), pits, sources);
	const high_formwork = inventFormworks(random.fork('formworks'), calendar, sites, sources);
	const climbing_scaffold = inventScaffolds(random.fork('scaffolds'), calendar, sites, sources);
	const { devices, bindings } = bindDevices(random.fork('devices'), sites, machines, pits, monitor_point, sources);
	const { visits, hazards, orders, signs } = superviseDistrict(random.fork('supervision'), calendar, sites, sources);
	const expert = inventExperts(
		random.fork('experts'),
		calendar,
		[...firms.contractors, ...firms.siteEngineers],
		sources,
	);
	const installation = [...machines.current, ...machines.former];
	const patrols = inventPatrols(
		random.fork('patrols'),
		calendar,
		{ sites, visits, firms: firms.rows, towns: town, installations: installation },
		sources,
	);

	return {
		source: sources.rows,
		town,
		management_grid,
		firm: firms.rows,
		site: sites.map(({ row }) => row),
		site_sign: signs,
		machine: machines.machines,
		installation,
		pit: pits.map(({ row }) => row),
		pit_side: pits.flatMap(({ sides }) => sides),
		monitor_point,
		high_formwork,
		climbing_scaffold,
		device: devices,
		device_binding: bindings,
		visit: visits,
		hazard: hazards,
		stop_work_order: orders,
		expert,
		...patrols,
	};
}

/** The grid that holds a site's symbol. Every place of a town lies in one, but for a hair's breadth at the borders. */
function gridOf({ row }: DemoSite, grids: readonly GridRow[]): string | null {
	const at = toPlane(row.location.coordinates);
	const holds = (grid: GridRow) => outerRings(grid.boundary).some((ring) => isInside(at, ring));
	return grids.find((grid) => grid.town_code === row.town_code && holds(grid))?.id ?? null;
}
