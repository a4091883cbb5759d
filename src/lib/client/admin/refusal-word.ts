// Why something the administrators asked for was not done, as a sentence.

import { m } from '#lib/client/words/generated/messages.js';

const WORDS: Record<string, () => string> = {
	forbidden: m.people_bad_forbidden,
	'bad-login': m.people_bad_login,
	taken: m.people_bad_taken,
	'bad-area': m.people_bad_area,
	'district-only': m.people_bad_districtOnly,
	'admins-apart': m.people_bad_apart,
	'not-for-people': m.people_bad_things,
	own: m.people_bad_own,
	last: m.people_bad_last,
	'not-found': m.people_bad_notFound,
	'bad-subject': m.people_bad_subject,
	'bad-network': m.people_bad_network,
	'no-name': m.people_bad_noName,
	'two-active': m.people_bad_twoActive,
};

export function refusalWord(reason: string): string {
	return (WORDS[reason] ?? m.people_bad_forbidden)();
}
