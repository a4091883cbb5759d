import fs from 'node:fs';
import { sql } from 'kysely';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { onBoth } from './both.ts';

interface Column {
	nullable: boolean;
	kind: string;
}

/** What a column holds, as its type is written in db/schema. */
function declaredKind(type: string): string {
	const bare = type
		.replace(/\| null$/, '')
		.replace(/^Generated<(.*)>$/, '$1')
		.trim();
	const named = {
		Moment: 'moment',
		MaybeMoment: 'moment',
		Date: 'moment',
		Geometry: 'geometry',
		Buffer: 'bytes',
		Int8: 'int8',
	}[bare];
	if (named) return named;
	if (/Json$/.test(bare)) return 'json';
	if (bare === 'GeneratedAlways<string>') return 'int8';
	if (bare.endsWith('[]')) return 'array';
	return bare === 'number' || bare === 'boolean' ? bare : 'text';
}

const KIND: Record<string, string> = {
	text: 'text',
	uuid: 'text',
	date: 'text',
	'timestamp with time zone': 'moment',
	integer: 'number',
	smallint: 'number',
	'double precision': 'number',
	bigint: 'int8',
	jsonb: 'json',
	bytea: 'bytes',
	ARRAY: 'array',
	boolean: 'boolean',
	'USER-DEFINED': 'geometry',
};

/** Tables and their columns as Kysely sees them. */
function declared(): Map<string, Map<string, Column>> {
	const interfaces = new Map<string, ts.InterfaceDeclaration>();
	const files = ['db/schema.ts', ...fs.readdirSync('db/schema').map((name) => `db/schema/${name}`)];
	for (const file of files) {
		const source = ts.createSourceFile(file, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
		for (const node of source.statements) if (ts.isInterfaceDeclaration(node)) interfaces.set(node.name.text, node);
	}
	const members = (node: ts.InterfaceDeclaration): [string, string][] =>
		node.members
			.filter(ts.isPropertySignature)
			.map((member) => [member.name.getText(), member.type!.getText().replace(/\s+/g, ' ')]);
	return new Map(
		members(interfaces.get('Tables')!).map(([table, type]) => [
			table,
			new Map(
				members(interfaces.get(type)!).map(([name, text]) => [
					name,
					{ nullable: /\bnull\b|^Maybe/.test(text), kind: declaredKind(text) },
				]),
			),
		]),
	);
}

onBoth('schema', (database) => {
	test('Kysely and the database know the same tables and columns', async () => {
		const { rows } = await sql<{ table_name: string; column_name: string; is_nullable: string; data_type: string }>`
			select table_name, column_name, is_nullable, data_type from information_schema.columns
			where table_schema = 'public'
				and table_name in (
					select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'
				)
				and table_name not in ('migration', 'spatial_ref_sys')
				and table_name !~ '^reading_((minute|hour)_)?([0-9]+|default)$'`.execute(database().read);
		const actual = new Map<string, Map<string, Column>>();
		for (const { table_name, column_name, is_nullable, data_type } of rows) {
			if (!actual.has(table_name)) actual.set(table_name, new Map());
			actual.get(table_name)!.set(column_name, {
				nullable: is_nullable === 'YES',
				kind: KIND[data_type] ?? data_type,
			});
		}
		const plain = (tables: Map<string, Map<string, unknown>>): unknown =>
			Object.fromEntries([...tables].sort().map(([name, columns]) => [name, Object.fromEntries([...columns].sort())]));
		expect(plain(declared())).toEqual(plain(actual));
	});
});
