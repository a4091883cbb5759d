// Where the rows of the demonstration district come from: this program, and nothing real.

import type { Random } from '#lib/domain/random.ts';
import { momentOf, type Calendar } from './calendar.ts';
import type { SourceRow } from './rows.ts';

/** Makes one source per call and keeps them in order. */
export interface Sources {
	rows: SourceRow[];
	add(subject: string, name: string, summary?: Record<string, unknown>): string;
}

export function startSources(random: Random, { today }: Calendar): Sources {
	const rows: SourceRow[] = [];
	return {
		rows,
		add(subject, name, summary = {}) {
			const id = random.uuid();
			rows.push({
				id,
				kind: 'demo',
				subject,
				name: `演示数据：${name}`,
				datum: 'wgs84',
				created_at: momentOf(today, 0),
				created_by: 'demo',
				summary: { demo: true, ...summary },
			});
			return id;
		},
	};
}
