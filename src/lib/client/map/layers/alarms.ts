// Open alarms as rings around what they are about. One that nobody has acknowledged blinks; an acknowledged one is
// thin and still. Grave ones are larger.

import { ScatterplotLayer } from '@deck.gl/layers';
import type { AlarmMessage } from '#lib/contract/events.ts';
import type { ObjectKind } from '#lib/domain/picture/columns.ts';
import type { MapPalette } from '../map-palette.ts';

export interface PlacedAlarm {
	alarm: AlarmMessage;
	/** Of the object it is about; null when the register does not know it. */
	kind: ObjectKind | null;
	/** On the datum of the base map. */
	at: [number, number];
}

const RADIUS_PX: Record<AlarmMessage['level'], number> = { notice: 15, warning: 19, danger: 24 };

/** @param lit - half of the blink: rings nobody has acknowledged are drawn at full or quarter strength */
export function alarmLayer(alarms: readonly PlacedAlarm[], lit: boolean, scale: number, palette: MapPalette) {
	return new ScatterplotLayer<PlacedAlarm>({
		id: 'alarm-ring',
		data: alarms,
		getPosition: ({ at }) => at,
		getLineColor: ({ alarm: { level, acknowledgedAt } }) => {
			return [...palette.levelBytes[level], acknowledgedAt ? 150 : lit ? 255 : 70];
		},
		getRadius: ({ alarm: { level } }) => RADIUS_PX[level],
		getLineWidth: ({ alarm: { acknowledgedAt } }) => (acknowledgedAt ? 1.2 : 2.6),
		radiusScale: scale,
		radiusUnits: 'pixels',
		lineWidthUnits: 'pixels',
		stroked: true,
		filled: false,
		billboard: true,
		pickable: true,
		updateTriggers: { getLineColor: [lit, palette] },
	});
}
