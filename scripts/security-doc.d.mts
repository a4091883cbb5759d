// Types of security-doc.mjs for the test that uses it.

export interface Row {
	id: string;
	level?: string;
	topic: string;
	verdict: 'met' | 'na' | 'dev';
	note: string;
	evidence: string[];
}

export function rowsOf(file: string): Row[];
export function problemsOf(rows: readonly Row[]): string[];
export function withTables(text: string): string;
