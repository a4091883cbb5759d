// The words on the map, from the dictionary.

import type { PitProperties, SiteProperties } from '#lib/contract/board.ts';
import { m } from '../words/generated/messages.js';
import type { SceneWords } from './scene.ts';

const STAGE_SIGNS: Record<string, () => string> = {
	preparation: m.map_stage_preparation_sign,
	foundation: m.map_stage_foundation_sign,
	structure: m.map_stage_structure_sign,
	masonry: m.map_stage_masonry_sign,
	finishing: m.map_stage_finishing_sign,
	completion: m.map_stage_completion_sign,
};
const STATE_SIGNS: Record<Exclude<SiteProperties['state'], 'active'>, () => string> = {
	stopped: m.map_state_stopped_sign,
	suspended: m.map_state_suspended_sign,
	finished: m.map_state_finished_sign,
};

/** One character: the state where work does not go on, else the stage. */
function siteSign({ state, stage }: SiteProperties): string {
	if (state !== 'active') return STATE_SIGNS[state]();
	return (STAGE_SIGNS[stage ?? ''] ?? m.map_stage_unknown_sign)();
}

function pitDepth({ depthM, dugM, stage }: PitProperties): string {
	if (depthM === null) return m.map_pit_depth_unknown();
	if (stage === 'digging' && dugM !== null) return m.map_pit_dug({ dug: dugM.toFixed(1), depth: depthM.toFixed(1) });
	return m.map_pit_depth({ depth: depthM.toFixed(1) });
}

export function sceneWords(): SceneWords {
	return { siteSign, pitDepth, insufficient: m.map_cell_insufficient(), hotWorkSign: m.map_hotWork_sign() };
}

/** Characters that symbols and numbers need, beside names. */
export function signLetters(): string[] {
	const signs = [...Object.values(STAGE_SIGNS), ...Object.values(STATE_SIGNS), m.map_stage_unknown_sign];
	return [
		...signs.map((sign) => sign()),
		m.map_cell_insufficient(),
		`${m.map_hotWork_sign()}?`,
		m.map_pit_depth({ depth: '' }),
		'0123456789#.,/-km²',
	];
}
