// A paper the bureau files, as sections of text and tables: one content, written as DOCX and as PDF.

export type Block =
	| { kind: 'heading'; text: string }
	| { kind: 'text'; text: string }
	| { kind: 'table'; head: string[]; rows: string[][]; widths: number[] };

export interface Paper {
	title: string;
	/** Under the title: bureau and time of making. */
	line: string;
	blocks: Block[];
	/** At the foot of every page. */
	foot: string;
}
