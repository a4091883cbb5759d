// Departments of joint visits were kept as words of the page that had chosen them; they become keys, so that either
// language can say them.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		update patrol_plan set visits = jsonb_set(visits, '{visits}', (
			select coalesce(jsonb_agg(jsonb_set(visit, '{departments}', (
				select coalesce(jsonb_agg(coalesce(key, word) order by place), '[]')
				from jsonb_array_elements_text(visit -> 'departments') with ordinality as chosen (word, place)
				left join (values
					('综合执法', 'urban'), ('Urban management', 'urban'),
					('生态环境', 'ecology'), ('Ecology', 'ecology'),
					('人社', 'labour'), ('Labour', 'labour'),
					('消防', 'fire'), ('Fire service', 'fire'),
					('交通', 'traffic'), ('Traffic', 'traffic')
				) as known (said, key) on said = word
			)) order by no), '[]')
			from jsonb_array_elements(visits -> 'visits') with ordinality as one (visit, no)
		))
		where jsonb_path_exists(visits, '$.visits[*].departments[*]')`.execute(db);
}
