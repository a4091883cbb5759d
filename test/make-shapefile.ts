// Small shapefiles made by hand: polygons with one table of texts.

import type { Position } from 'geojson';
import { makeZip, type ZipEntry } from './make-zip.ts';

export interface ShapeWish {
	/** One ring each, closed, clockwise as shapefiles have it. */
	rings: Position[][];
	/** Column names of at most ten bytes. */
	columns: string[];
	/** Values of each ring, encoded already. */
	values: Buffer[][];
	prj?: string;
	cpg?: string;
	/** Done to the content of .shp and .dbf before they are packed. */
	inside?: (bytes: Buffer) => Buffer;
}

const WIDTH = 60;

export function makeShapefile({ rings, columns, values, prj, cpg, inside = (bytes) => bytes }: ShapeWish): Buffer {
	const entries: ZipEntry[] = [
		{ name: 'layer/towns.shp', content: inside(shpOf(rings)) },
		{ name: 'layer/towns.dbf', content: inside(dbfOf(columns, values)) },
	];
	if (prj) entries.push({ name: 'layer/towns.prj', content: prj });
	if (cpg) entries.push({ name: 'layer/towns.cpg', content: cpg });
	return makeZip(entries);
}

function boundsOf(points: Position[]): number[] {
	const xs = points.map(([x]) => x!);
	const ys = points.map(([, y]) => y!);
	return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

function shpOf(rings: Position[][]): Buffer {
	const records = rings.map((ring, index) => {
		const content = Buffer.alloc(48 + 16 * ring.length);
		content.writeInt32LE(5, 0);
		boundsOf(ring).forEach((value, at) => content.writeDoubleLE(value, 4 + at * 8));
		content.writeInt32LE(1, 36);
		content.writeInt32LE(ring.length, 40);
		ring.forEach(([x, y], at) => {
			content.writeDoubleLE(x!, 48 + at * 16);
			content.writeDoubleLE(y!, 56 + at * 16);
		});
		const head = Buffer.alloc(8);
		head.writeInt32BE(index + 1, 0);
		head.writeInt32BE(content.length / 2, 4);
		return Buffer.concat([head, content]);
	});
	const head = Buffer.alloc(100);
	head.writeInt32BE(9994, 0);
	head.writeInt32BE((100 + Buffer.concat(records).length) / 2, 24);
	head.writeInt32LE(1000, 28);
	head.writeInt32LE(5, 32);
	boundsOf(rings.flat()).forEach((value, at) => head.writeDoubleLE(value, 36 + at * 8));
	return Buffer.concat([head, ...records]);
}

function dbfOf(columns: string[], values: Buffer[][]): Buffer {
	const head = Buffer.alloc(32 + 32 * columns.length + 1);
	head[0] = 3;
	head.writeUInt32LE(values.length, 4);
	head.writeUInt16LE(head.length, 8);
	head.writeUInt16LE(1 + WIDTH * columns.length, 10);
	columns.forEach((column, index) => {
		head.write(column, 32 + 32 * index, 10, 'latin1');
		head.write('C', 32 + 32 * index + 11, 'latin1');
		head[32 + 32 * index + 16] = WIDTH;
	});
	head[head.length - 1] = 0x0d;
	const rows = values.map((cells) =>
		Buffer.concat([
			Buffer.from(' '),
			...cells.map((cell) => Buffer.concat([cell, Buffer.alloc(WIDTH - cell.length, 32)])),
		]),
	);
	return Buffer.concat([head, ...rows, Buffer.from([0x1a])]);
}
