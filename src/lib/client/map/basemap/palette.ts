// The colours of the ground under everything: quiet hues that leave yellow, orange, red and green to the marks.
// Hues follow ui/tokens.css; a test holds the marks' contrast on every kind of land.

import type { Ground } from '#lib/client/ui/palette.ts';

export interface BasemapColours {
	/** Land outside the district. */
	outside: string;
	outsideLine: string;
	/** Laid over what lies outside, so that roads fade there. */
	veil: string;
	veilStrength: number;
	land: string;
	builtUp: string;
	hills: string;
	airport: string;
	runway: string;
	water: string;
	shore: string;
	canal: string;
	townLine: string;
	districtLine: string;
	districtGlow: string;
	/** `casing` is the edge of a road, `fill` its middle. */
	expressway: { casing: string; fill: string };
	primary: { casing: string; fill: string };
	secondary: string;
	rail: string;
	railGap: string;
	metro: string;
	townName: string;
	townNameEn: string;
	waterName: string;
	roadName: string;
	placeName: string;
	neighbourName: string;
	halo: string;
}

export const BASEMAP_COLOURS: Record<Ground, BasemapColours> = {
	dark: {
		outside: '#0b1420',
		outsideLine: '#26374b',
		veil: '#0b1420',
		veilStrength: 0.55,
		land: '#122235',
		builtUp: '#182c43',
		hills: '#122a33',
		airport: '#1a2c44',
		runway: '#3a5472',
		water: '#164368',
		shore: '#2f78a8',
		canal: '#2a6d9c',
		townLine: '#3f86a6',
		districtLine: '#7fdcff',
		districtGlow: '#2aa9e6',
		expressway: { casing: '#0d1826', fill: '#5f7895' },
		primary: { casing: '#0d1826', fill: '#41566f' },
		secondary: '#354b66',
		rail: '#6d8199',
		railGap: '#142438',
		metro: '#7f73c2',
		townName: '#f2f7fc',
		townNameEn: '#a9bccf',
		waterName: '#8cc9ee',
		roadName: '#91a5ba',
		placeName: '#c6d4e3',
		neighbourName: '#6f849b',
		halo: '#0a131e',
	},
	light: {
		outside: '#e4eaf0',
		outsideLine: '#b9c5d1',
		veil: '#e4eaf0',
		veilStrength: 0.55,
		land: '#fbfcfd',
		builtUp: '#eef1f5',
		hills: '#eaf1ec',
		airport: '#e5eaf1',
		runway: '#b4c0cd',
		water: '#b5d5ea',
		shore: '#6ea6c9',
		canal: '#7fb4d4',
		townLine: '#6f8ea6',
		districtLine: '#0b6288',
		districtGlow: '#5fb2d6',
		expressway: { casing: '#8295a8', fill: '#c9d5e0' },
		primary: { casing: '#a9b7c5', fill: '#ffffff' },
		secondary: '#cfd8e1',
		rail: '#6b7b8c',
		railGap: '#ffffff',
		metro: '#8478bd',
		townName: '#0f1b28',
		townNameEn: '#46566a',
		waterName: '#17557e',
		roadName: '#56687b',
		placeName: '#2b3a4a',
		neighbourName: '#76879a',
		halo: '#ffffff',
	},
};
