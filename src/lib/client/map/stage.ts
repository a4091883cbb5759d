// The one MapLibre map and the one deck.gl overlay of the page, and their life: built once, resized, and rebuilt from
// the same camera and layers when the graphics context is lost. Knows no construction site.

import { MapLibreOverlay } from '@deck.gl/maplibre';
import type { Deck, LayersList, PickingInfo } from '@deck.gl/core';
import {
	Map as MapLibreMap,
	ScaleControl,
	setWorkerUrl,
	type MapMouseEvent,
	type StyleSpecification,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { Camera } from '../view-url.ts';
import { freePadding } from './camera.ts';
import { drawOnDemand } from './frame-gate.ts';
import type { Padding } from './map-types.ts';
import { pixelRatioFor } from './pixel-ratio.ts';
import { keepRoom, type Disc } from './room.ts';

export type Style = StyleSpecification | string;
type Bounds = [west: number, south: number, east: number, north: number];

/** Something that is being dragged over the map; positions on the datum of the base map. */
export interface StageDrag {
	move: (lngLat: [number, number]) => void;
	drop: (lngLat: [number, number], onto: PickingInfo | null) => void;
}

export interface StageOptions {
	container: HTMLElement;
	style: Style;
	camera: Camera | null;
	bounds: Bounds;
	isInteractive: boolean;
	onmove: () => void;
	/** @param isByHand - a person moved it, or a flight somebody asked for; not the first fit */
	onrest: (camera: Camera, isByHand: boolean) => void;
	onclick: (lngLat: [number, number], picked: PickingInfo | null) => void;
	ondoubleclick: () => void;
	/** The pointer goes down on something; null lets the map be dragged instead. */
	ongrab: (picked: PickingInfo) => StageDrag | null;
	onpoint: (point: { x: number; y: number } | null, picked: PickingInfo | null) => void;
	/** The picture had to be rebuilt; `false` when it could not be. */
	onrebuilt: (hasRecovered: boolean) => void;
	/** The style itself could not be read. A tile that is missing is not told. */
	onstylefault: () => void;
}

/** Pointer movement is looked up at most this often: a hit test draws every pickable layer once more. */
const PICK_EVERY_MS = 80;
const PICK_RADIUS_PX = 6;
/** The browser gives a context back within this time or not at all. */
const RESTORE_WAIT_MS = 1500;
const REBUILDS_PER_MINUTE = 3;
const NO_FRAMES: ReturnType<typeof drawOnDemand> = { draw: () => {}, drawUntil: () => {}, close: () => {} };

export class MapStage {
	map: MapLibreMap;
	#overlay: MapLibreOverlay;
	#frames = NO_FRAMES;
	#options: StageOptions;
	#layers: LayersList = [];
	#rebuilds: number[] = [];
	#pickTimer: ReturnType<typeof setTimeout> | undefined;
	#restoreTimer: ReturnType<typeof setTimeout> | undefined;
	#resizer: ResizeObserver;
	#ratio: number;
	#gone = false;
	#hasStyle = false;
	#room: { discs: readonly Disc[]; scale: number } = { discs: [], scale: 1 };
	#isByHand = false;

	constructor(options: StageOptions) {
		setWorkerUrl(workerUrl);
		this.#options = options;
		this.#ratio = this.#wantedRatio();
		this.map = this.#openMap(options.camera);
		this.#overlay = this.#openOverlay();
		this.#resizer = new ResizeObserver(() => this.#resized());
		this.#resizer.observe(options.container);
	}

	setLayers(layers: LayersList): void {
		this.#layers = layers;
		this.#overlay.setProps({ layers });
		this.#frames.draw();
	}

	/** Something moves by itself until then, in milliseconds of the page. */
	drawUntil(untilMs: number): void {
		this.#frames.drawUntil(untilMs);
	}

	/** Keeps the base map's names out from under these. */
	setRoom(discs: readonly Disc[], scale: number): void {
		if (discs === this.#room.discs && scale === this.#room.scale) return;
		this.#room = { discs, scale };
		if (this.#hasStyle) keepRoom(this.map, discs, scale);
	}

	setStyle(style: Style): void {
		if (style === this.#options.style) return;
		this.#options.style = style;
		this.#hasStyle = false;
		this.map.setStyle(style, { diff: false });
	}

	camera(): Camera {
		const { lng, lat } = this.map.getCenter();
		return { lng, lat, zoom: this.map.getZoom(), bearing: this.map.getBearing(), pitch: this.map.getPitch() };
	}

	/** Moves the camera without a flight, and without telling that a person did it. */
	place(at: Camera | { bounds: Bounds; padding: Padding }): void {
		this.#isByHand = false;
		if ('bounds' in at) {
			const { clientWidth, clientHeight } = this.#options.container;
			this.map.fitBounds(at.bounds, { padding: freePadding(at.padding, clientWidth, clientHeight), animate: false });
		} else this.map.jumpTo({ center: [at.lng, at.lat], zoom: at.zoom, bearing: at.bearing, pitch: at.pitch });
	}

	/** What is drawn at a point of the map, topmost first; used by clicks and by tests. */
	pick(point: { x: number; y: number }): PickingInfo | null {
		try {
			return this.#overlay.pickObject({ ...point, radius: PICK_RADIUS_PX });
		} catch {
			return null; // between two contexts there is nothing to hit
		}
	}

	remove(): void {
		if (this.#gone) return;
		this.#leave();
		this.map.remove();
	}

	#leave(): void {
		this.#gone = true;
		clearTimeout(this.#pickTimer);
		clearTimeout(this.#restoreTimer);
		this.#resizer.disconnect();
		this.#frames.close();
	}

	#openMap(camera: Camera | null): MapLibreMap {
		const { container, style, bounds, isInteractive } = this.#options;
		const view = camera
			? {
					center: [camera.lng, camera.lat] as [number, number],
					zoom: camera.zoom,
					bearing: camera.bearing,
					pitch: camera.pitch,
				}
			: { bounds, fitBoundsOptions: { padding: 24 } };
		const map = new MapLibreMap({
			container,
			style,
			...view,
			pixelRatio: this.#ratio,
			attributionControl: false,
			maxPitch: 60,
			interactive: isInteractive,
			dragRotate: false,
			pitchWithRotate: false,
			fadeDuration: 0,
			// Of tiles out of sight one screen's worth, not five: the page cuts them itself, and a wall runs for months.
			maxTileCacheZoomLevels: 1,
			canvasContextAttributes: { antialias: true, powerPreference: 'high-performance' },
		});
		map.touchZoomRotate.disableRotation();
		map.addControl(new ScaleControl({ maxWidth: 120, unit: 'metric' }), 'bottom-left');
		map.on('move', () => this.#options.onmove());
		map.on('moveend', () => {
			this.#options.onrest(this.camera(), this.#isByHand);
			this.#isByHand = true;
		});
		map.on('click', ({ point, lngLat }) => this.#options.onclick([lngLat.lng, lngLat.lat], this.pick(point)));
		map.on('dblclick', () => this.#options.ondoubleclick());
		map.on('mousedown', (event) => this.#grab(map, event));
		map.on('mousemove', ({ point }) => this.#point(point));
		map.on('movestart', () => this.#point(null));
		map.on('mouseout', () => this.#point(null));
		// A listener also keeps missing tiles out of the console, where they would drown everything else.
		map.on('error', ({ error }) => {
			// Its worker died: what it held is gone, as with a lost context; a new map starts new workers.
			if (/^Worker\b/.test(error.message)) this.#lost('map');
			if (typeof this.#options.style === 'string' && !this.#hasStyle) this.#options.onstylefault();
		});
		map.on('style.load', () => {
			this.#hasStyle = true;
			keepRoom(map, this.#room.discs, this.#room.scale);
		});
		map.on('webglcontextlost', () => this.#lost('map'));
		map.on('webglcontextrestored', () => clearTimeout(this.#restoreTimer));
		return map;
	}

	#openOverlay(): MapLibreOverlay {
		const overlay = new MapLibreOverlay({
			interleaved: false,
			layers: this.#layers,
			useDevicePixels: this.#ratio,
			_pickable: true,
			onHover: null,
			onClick: null,
			getCursor: () => '',
			onDeviceInitialized: (device) => {
				void device.lost.then(() => this.#lost('overlay'));
			},
		});
		this.map.addControl(overlay);
		this.#frames.close();
		const { _deck: deck } = overlay as unknown as { _deck?: Deck };
		if (deck) this.#frames = drawOnDemand(deck);
		return overlay;
	}

	#grab(map: MapLibreMap, event: MapMouseEvent): void {
		if (event.originalEvent.button !== 0) return;
		const picked = this.pick(event.point);
		const drag = picked && this.#options.ongrab(picked);
		if (!drag) return;
		event.preventDefault();
		const move = ({ lngLat }: MapMouseEvent) => drag.move([lngLat.lng, lngLat.lat]);
		map.on('mousemove', move);
		map.once('mouseup', ({ lngLat, point }) => {
			map.off('mousemove', move);
			drag.drop([lngLat.lng, lngLat.lat], this.pick(point));
		});
	}

	/** Looks up what lies under the pointer, not more often than needed and never while the map moves. */
	#point(point: { x: number; y: number } | null): void {
		if (!point) {
			clearTimeout(this.#pickTimer);
			this.#pickTimer = undefined;
			this.#options.onpoint(null, null);
			return;
		}
		if (this.#pickTimer || this.map.isMoving()) return;
		this.#pickTimer = setTimeout(() => {
			this.#pickTimer = undefined;
			if (!this.map.isMoving()) this.#options.onpoint(point, this.pick(point));
		}, PICK_EVERY_MS);
	}

	/** deck.gl cannot come back from a lost context; MapLibre can, if the browser lets it. */
	#lost(which: 'map' | 'overlay'): void {
		if (this.#gone) return;
		clearTimeout(this.#restoreTimer);
		this.#restoreTimer = setTimeout(() => this.#rebuild(which === 'map'), which === 'map' ? RESTORE_WAIT_MS : 50);
	}

	#rebuild(withMap: boolean): void {
		if (this.#gone) return;
		const now = Date.now();
		this.#rebuilds = [...this.#rebuilds.filter((at) => now - at < 60_000), now];
		if (this.#rebuilds.length > REBUILDS_PER_MINUTE) {
			this.#options.onrebuilt(false);
			return;
		}
		const camera = this.camera();
		try {
			if (withMap) {
				this.map.remove();
				this.map = this.#openMap(camera);
			} else {
				this.map.removeControl(this.#overlay);
			}
			this.#overlay = this.#openOverlay();
		} catch {
			// The browser gives no graphics any more.
			this.#leave();
			this.#options.onrebuilt(false);
			return;
		}
		this.#options.onrebuilt(true);
	}

	#wantedRatio(): number {
		const { clientWidth, clientHeight } = this.#options.container;
		return pixelRatioFor(clientWidth, clientHeight, window.devicePixelRatio || 1);
	}

	#resized(): void {
		const ratio = this.#wantedRatio();
		this.#isByHand = false;
		if (ratio !== this.#ratio) {
			this.#ratio = ratio;
			this.map.setPixelRatio(ratio);
			this.#overlay.setProps({ useDevicePixels: ratio });
		}
		this.map.resize();
		this.#frames.draw();
	}
}
