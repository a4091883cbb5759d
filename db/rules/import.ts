// What a file that is brought in may be at most, and when its coordinates are called a mistake.

import type { Rule } from '#lib/domain/rule.ts';

const house = (value: number, unit: string, source: string): Rule => ({ value, unit, source, confidence: 'assumed' });

const LIMIT = 'own limit: a district has hundreds of sites and some thousand machines; ten times a province fits';
const CENTRAL = 'own limit, read from the central directory before anything is inflated (OWASP ASVS 5.0, V5.2.3)';
const DATUM = 'computed with the public GCJ-02 and BD-09 formulas at five places: 503–554 m and 1.1–1.3 km from WGS 84';

export const importRules = {
	maxRows: house(100_000, 'rows', LIMIT),
	maxColumns: house(300, 'columns', LIMIT),
	maxFileBytes: house(50 * 1024 * 1024, 'B', LIMIT),
	maxCellCharacters: house(
		2_000_000,
		'characters',
		'own limit: the outline of a whole district as WKT is about 0.4 million',
	),
	maxVertices: house(
		200_000,
		'vertices',
		'own limit: the outlines of a district and its towns together have about 10,000',
	),
	maxUnpackedBytes: house(300 * 1024 * 1024, 'B', CENTRAL),
	maxEntries: house(1_000, 'entries', CENTRAL),
	maxRatio: house(200, '', CENTRAL),
	deadline: house(120, 's', 'own limit: 100,000 rows of a workbook take under 20 s on two cores'),
	memory: house(768, 'MiB', 'own limit: twice the largest workbook that passes the other limits'),
	districtTolerance: house(
		150,
		'm',
		'outlines of the district that are in use differ from each other by about 70 m at the median',
	),
	datumReach: house(1_500, 'm', DATUM),
	datumRescue: house(
		0.6,
		'',
		'own choice: with real outlines of towns declared in the wrong datum 0.8 come inside, in the right one 0',
	),
	knownShift: house(200, 'm', 'below any datum shift in China and above the size of most sites'),
	restrictedAreaKm2: {
		value: 25,
		unit: 'km²',
		source:
			'测绘地理信息管理工作国家秘密范围的规定 (2020): 1:500–1:2,000 topographic data of more than 25 km² contiguous is secret',
		confidence: 'reported',
	},
	undoWithin: house(24, 'h', 'own limit: a day in which the person who brought the file can still be asked'),
	keepDrafts: house(48, 'h', 'own limit: a draft outlives one working day and the night after it'),
} satisfies Record<string, Rule>;
