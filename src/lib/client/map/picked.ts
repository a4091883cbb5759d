// From what deck.gl hit to what a person pointed at.

import type { PickingInfo } from '@deck.gl/core';
import { OBJECT_KINDS } from '#lib/domain/picture/columns.ts';
import type { Hovered } from './map-types.ts';
import type { MarkTables, TableName } from './mark-table.ts';
import type { PlacedAlarm } from './layers/alarms.ts';
import type { PlacedHotWork } from './layers/hot-work.ts';
import type { Outline } from './board-shapes.ts';
import type { SiteCluster } from './site-clusters.ts';
import type { RiskCell } from '#lib/domain/risk/cells.ts';

type What = Hovered['what'];

const TABLE_OF_LAYER: Record<string, TableName> = {
	'site-mark': 'sites',
	'crane-mark': 'cranes',
	'crane-reach': 'cranes',
	'hoist-mark': 'hoists',
	'pit-mark': 'pits',
	'point-mark': 'points',
	'formwork-mark': 'formwork',
	'scaffold-mark': 'scaffolds',
};

/** @returns what lies there, or null for nothing that has a name */
export function whatIs(info: PickingInfo | null, tables: MarkTables | null): What | null {
	if (!info?.layer || info.index < 0) return null;
	const table = TABLE_OF_LAYER[info.layer.id];
	if (table) {
		const no = tables?.tables[table].numbers[info.index];
		return no === undefined || !tables ? null : { kind: kindOf(tables, table, info.index), no };
	}
	const object: unknown = info.object;
	if (!object) return null;
	switch (info.layer.id) {
		case 'site-ground':
			return { kind: 'site', no: (object as Outline<{ no: number }>).properties.no };
		case 'pit-ground':
		case 'pit-unknown':
			return { kind: 'pit', no: (object as Outline<{ no: number }>).properties.no };
		case 'town-ground':
			return { kind: 'town', code: (object as Outline<{ code: string }>).properties.code };
		case 'grid-ground':
			return { kind: 'grid', code: (object as Outline<{ id: string }>).properties.id };
		case 'cluster-donut':
			return { kind: 'cluster', sites: (object as SiteCluster).sites };
		case 'risk-cell':
		case 'risk-few':
			return { kind: 'riskCell', cell: (object as RiskCell).cell };
		case 'hot-work':
		case 'hot-work-tag':
			return ofHotWork(object as PlacedHotWork);
		case 'alarm-ring':
			return ofAlarm(object as PlacedAlarm);
		default:
			return null;
	}
}

function kindOf({ tables, columns }: MarkTables, table: TableName, slot: number) {
	return OBJECT_KINDS[columns.kind[tables[table].rows[slot]!]!]!;
}

/** The thing the alarm is about; its kind is looked up by number. */
function ofAlarm({ alarm, kind }: PlacedAlarm): What | null {
	return alarm.objectNo === null || kind === null ? null : { kind, no: alarm.objectNo };
}

/** Its site: the machine itself has no sheet of its own. */
function ofHotWork({ siteNo }: PlacedHotWork): What | null {
	return siteNo === null ? null : { kind: 'site', no: siteNo };
}
