// A plan on the map: routes with their order, due sites that are left out, and stops that can be dragged to another
// route. Lines are drawn straight unless a router has said where the road runs; then they follow it.

import { PathStyleExtension } from '@deck.gl/extensions';
import { PathLayer, ScatterplotLayer, TextLayer } from '@deck.gl/layers';
import type { PickingInfo } from '@deck.gl/core';
import type { Evaluation } from '#lib/domain/patrol/evaluate.ts';
import type { PlanVisit } from '#lib/domain/planning/plan-problem.ts';
import { textStyle } from '../map/gl/text.ts';
import type { MapOverlay } from '../map/overlays.svelte.ts';
import { clockOf } from './plan-words.ts';
import { teamColour } from './team-colours.ts';

type LngLat = [number, number];

export interface PlanScene {
	evaluation: Evaluation;
	visitOf: ReadonlyMap<string, PlanVisit>;
	base: LngLat;
	locked: readonly string[];
	selected: string | null;
	/** Roads by team, where a router knows them. */
	roads: ReadonlyMap<string, LngLat[]>;
	dragged: { key: string; at: LngLat } | null;
}

interface MapStop {
	key: string;
	team: string;
	place: number;
	at: LngLat;
	start: number;
	isEmergency: boolean;
}

export interface PlanHands {
	select: (key: string | null) => void;
	/** Undefined: nothing may be moved. */
	drag?: {
		move: (key: string, at: LngLat) => void;
		/** @param onto - the stop it was dropped on, and so the route and place it goes to */
		drop: (key: string, onto: { key: string; team: string } | null) => void;
	};
}

const DASHES = new PathStyleExtension({ dash: true, highPrecisionDash: false });

export function planOverlay(scene: PlanScene, hands: PlanHands): MapOverlay {
	const stops = scene.evaluation.routes.flatMap(({ team, stops }) =>
		stops.map(({ visit, start }, place): MapStop => {
			const known = scene.visitOf.get(visit)!;
			return { key: visit, team, place: place + 1, at: known.at, start, isEmergency: known.isEmergency };
		}),
	);
	const left = scene.evaluation.left.flatMap((key) => scene.visitOf.get(key) ?? []);
	const routes = scene.evaluation.routes
		.filter(({ stops }) => stops.length > 0)
		.map(({ team }) => {
			const road = scene.roads.get(team);
			const straight = [scene.base, ...stops.filter((stop) => stop.team === team).map(({ at }) => at), scene.base];
			return { team, line: road ?? straight, isRoad: road !== undefined };
		});
	return {
		hasOwnSites: true,
		layers: ({ palette, toBase, zoom }) => [
			new PathLayer({
				id: 'plan-route',
				data: routes,
				getPath: ({ line }) => line.map(toBase),
				getColor: ({ team }) => [...teamColour(team), 210],
				getWidth: 3,
				widthUnits: 'pixels',
				jointRounded: true,
				capRounded: true,
				extensions: [DASHES],
				...{ getDashArray: ({ isRoad }: { isRoad: boolean }) => (isRoad ? [0, 0] : [6, 3]) },
				updateTriggers: { getPath: [toBase] },
			}),
			new ScatterplotLayer<PlanVisit>({
				id: 'plan-left',
				data: left,
				getPosition: ({ at }) => toBase(at),
				getRadius: ({ key }) => (key === scene.selected ? 8 : 4.5),
				radiusUnits: 'pixels',
				getFillColor: [...palette.groundBytes, 220],
				getLineColor: [...palette.muted, 230],
				getLineWidth: 1.5,
				lineWidthUnits: 'pixels',
				stroked: true,
				pickable: true,
				updateTriggers: { getRadius: scene.selected },
			}),
			new ScatterplotLayer<MapStop>({
				id: 'plan-stop',
				data: stops,
				getPosition: ({ at }) => toBase(at),
				getRadius: ({ key }) => (key === scene.selected ? 14 : 10.5),
				radiusUnits: 'pixels',
				getFillColor: ({ team }) => [...teamColour(team), 255],
				getLineColor: ({ key, isEmergency }) =>
					isEmergency
						? [...palette.levelBytes.danger, 255]
						: scene.locked.includes(key)
							? [...palette.text, 255]
							: [...palette.groundBytes, 255],
				getLineWidth: ({ isEmergency }) => (isEmergency ? 4 : 2),
				lineWidthUnits: 'pixels',
				stroked: true,
				pickable: true,
				updateTriggers: { getRadius: scene.selected, getLineColor: [scene.locked, palette] },
			}),
			new TextLayer<MapStop>({
				...textStyle(palette),
				id: 'plan-order',
				data: stops,
				getPosition: ({ at }) => toBase(at),
				getText: ({ place }) => String(place),
				getSize: 12,
				getColor: [255, 255, 255, 255],
			}),
			new TextLayer<MapStop>({
				...textStyle(palette),
				id: 'plan-time',
				data: zoom >= 11.5 ? stops : [],
				getPosition: ({ at }) => toBase(at),
				getText: ({ start }) => clockOf(start),
				getSize: 11,
				getPixelOffset: [0, 19],
				getColor: [...palette.text, 255],
			}),
			new ScatterplotLayer({
				id: 'plan-base',
				data: [scene.base],
				getPosition: (at: LngLat) => toBase(at),
				getRadius: 7,
				radiusUnits: 'pixels',
				getFillColor: [...palette.text, 255],
				getLineColor: [...palette.groundBytes, 255],
				getLineWidth: 2,
				lineWidthUnits: 'pixels',
				stroked: true,
			}),
			scene.dragged &&
				new ScatterplotLayer({
					id: 'plan-ghost',
					data: [scene.dragged],
					getPosition: ({ at }: { at: LngLat }) => toBase(at),
					getRadius: 13,
					radiusUnits: 'pixels',
					getFillColor: [...palette.accent, 150],
				}),
		],
		press(info) {
			const key = keyOf(info);
			if (key) hands.select(key);
			return key !== null;
		},
		grab(info) {
			const key = keyOf(info);
			if (!key || !hands.drag || scene.locked.includes(key)) return null;
			const { move, drop } = hands.drag;
			return {
				move: (at) => move(key, at),
				drop: (_, onto) => {
					const target = onto?.layer?.id === 'plan-stop' ? (onto.object as MapStop) : null;
					drop(key, target && target.key !== key ? { key: target.key, team: target.team } : null);
				},
			};
		},
	};
}

function keyOf(info: PickingInfo | null): string | null {
	const id = info?.layer?.id;
	return id === 'plan-stop' || id === 'plan-left' ? (info!.object as { key: string }).key : null;
}
