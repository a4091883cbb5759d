// What a file that is brought in may be at most, and when its coordinates are called a mistake.

import type { Rule } from '#lib/domain/rule.ts';
import { assumed } from './provenance.ts';

const LIMIT = 'own limit: a district has hundreds of sites and some thousand machines; ten times a province fits';
const CENTRAL = 'own limit, read from the central directory before anything is inflated (OWASP ASVS 5.0, V5.2.3)';
const DATUM = 'computed with the public GCJ-02 and BD-09 formulas at five places: 503–554 m and 1.1–1.3 km from WGS 84';

export const importRules = {
	maxRows: assumed(100_000, 'rows', LIMIT),
	maxColumns: assumed(300, 'columns', LIMIT),
	maxFileBytes: assumed(50 * 1024 * 1024, 'B', LIMIT),
	maxCellCharacters: assumed(
		2_000_000,
		'characters',
		'own limit: the outline of a whole district as WKT is about 0.4 million',
	),
	maxVertices: assumed(
		200_000,
		'vertices',
		'own limit: the outlines of a district and its towns together have about 10,000',
	),
	maxUnpackedBytes: assumed(300 * 1024 * 1024, 'B', CENTRAL),
	maxEntries: assumed(1_000, 'entries', CENTRAL),
	maxRatio: assumed(200, '', CENTRAL),
	deadline: assumed(120, 's', 'own limit: 100,000 rows of a workbook take under 20 s on two cores'),
	memory: assumed(768, 'MiB', 'own limit: twice the largest workbook that passes the other limits'),
	districtTolerance: assumed(
		150,
		'm',
		'outlines of the district that are in use differ from each other by about 70 m at the median',
	),
	datumReach: assumed(1_500, 'm', DATUM),
	datumRescue: assumed(
		0.6,
		'',
		'own choice: with real outlines of towns declared in the wrong datum 0.8 come inside, in the right one 0',
	),
	knownShift: assumed(200, 'm', 'below any datum shift in China and above the size of most sites'),
	restrictedAreaKm2: {
		value: 25,
		unit: 'km²',
		source:
			'测绘地理信息管理工作国家秘密范围的规定 (2020): 1:500–1:2,000 topographic data of more than 25 km² contiguous is secret',
		confidence: 'reported',
	},
	undoWithin: assumed(24, 'h', 'own limit: a day in which the person who brought the file can still be asked'),
	keepDrafts: assumed(48, 'h', 'own limit: a draft outlives one working day and the night after it'),
} satisfies Record<string, Rule>;
