// Towns and grids as they stand in a list to choose from: for whoever gives access, so without a scope of their own.

import type { Db } from '../db/connection.ts';

export interface AreaChoice {
	code: string;
	name: string;
}

export async function areaChoices(db: Db): Promise<AreaChoice[]> {
	const towns = await db.selectFrom('town').select(['code', 'name']).orderBy('code').execute();
	const grids = await db
		.selectFrom('management_grid')
		.select(['code', 'name', 'town_code'])
		.where('valid_to', 'is', null)
		.orderBy('code')
		.execute();
	return towns.flatMap((town) => [
		town,
		...grids
			.filter(({ town_code }) => town_code === town.code)
			.map(({ code, name }) => ({ code, name: `${town.name} · ${name}` })),
	]);
}
