// Photos of sites: shown to whoever may see the site they belong to, until they have reached their age.

import { sql } from 'kysely';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { Db } from '../db/connection.ts';
import { inScope } from '../db/scope.ts';

export async function photoOf(
	db: Db,
	scope: Scope,
	id: string,
): Promise<{ bytes: Buffer; mediaType: string; sha256: string } | undefined> {
	const row = await db
		.selectFrom('flood_photo')
		.select(['bytes', 'media_type', 'sha256'])
		.where('flood_photo.id', '=', id)
		.where('flood_photo.expired_at', 'is', null)
		.where((eb) =>
			eb.exists(
				eb
					.selectFrom('site')
					.select('site.id')
					.where(inScope(scope, 'site.town_code', 'site.id'))
					.where(
						sql<boolean>`site.id in (
							select n.site_id from flood_receipt r join flood_notice n on n.id = r.notice_id where r.photo_id = ${id}::uuid
							union all select d.site_id from duty_check d where d.photo_id = ${id}::uuid
							union all select n.site_id from flood_resume u join flood_notice n on n.id = u.notice_id
								where u.items @> jsonb_build_array(jsonb_build_object('photoId', ${id}::text))
						)`,
					),
			),
		)
		.executeTakeFirst();
	return row && { bytes: row.bytes, mediaType: row.media_type, sha256: row.sha256 };
}
