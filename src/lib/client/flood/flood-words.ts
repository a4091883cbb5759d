// The word for every value of the flood season; a missing one does not compile.

import type { SensitiveKind } from '#lib/contract/flood.ts';
import type { ExposureBand, FactorKey } from '#lib/domain/flood/exposure.ts';
import type { Measure, Trigger, Work } from '#lib/domain/flood/ladder.ts';
import type { LedgerKind, LedgerState } from '#lib/domain/flood/ledger.ts';
import type { NoticeStep } from '#lib/domain/flood/progress.ts';
import type { ResumeItem } from '#lib/domain/flood/resume.ts';
import type { FloodPhase } from '#lib/domain/flood/season.ts';
import type { SignalProblem } from '#lib/domain/flood/signal.ts';
import type { SignalColour, SignalKind } from '#lib/domain/flood/signal-kind.ts';
import { m } from '../words/generated/messages.js';

export const signalKindWord = (kind: SignalKind) => m[`flood_kind_${kind}`]();
export const colourWord = (colour: SignalColour | null) => m[`flood_colour_${colour ?? 'none'}`]();
export const measureWord = (measure: string) => m[`flood_measure_${measure as Measure}`]();
export const workWord = (work: string) => m[`flood_work_${work as Work}`]();
export const triggerWord = (trigger: Trigger) =>
	trigger === 'response' || trigger === 'moderateHeavyRain' ? m[`flood_trigger_${trigger}`]() : signalKindWord(trigger);
export const stepWord = (step: NoticeStep) => m[`flood_step_${step}`]();
export const phaseWord = (phase: FloodPhase) => m[`flood_phase_${phase}`]();
export const bandWord = (band: ExposureBand) => m[`flood_band_${band}`]();
export const factorWord = (key: FactorKey) => m[`flood_factor_${key}`]();
export const ledgerWord = (kind: LedgerKind) => m[`flood_ledger_${kind}`]();
export const ledgerStateWord = (state: LedgerState) => m[`flood_ledgerState_${state}`]();
export const resumeWord = (item: ResumeItem) => m[`flood_resume_${item}`]();
export const sensitiveWord = (kind: SensitiveKind) => m[`flood_sensitive_${kind}`]();
export const problemWord = ({ code }: SignalProblem) =>
	m[`flood_problem_${code.replaceAll('-', '_') as 'axes_swapped'}`]();

/** `IV`, a colour or nothing, as a line of the ladder names it. */
export function levelWord(level: string): string {
	if (level === 'any') return '';
	return /^[IV]+$/.test(level) ? m.flood_level({ level: ROMAN[level] ?? level }) : colourWord(level as SignalColour);
}

/** Roman numerals as officers write them. */
export const ROMAN: Record<string, string> = { IV: 'Ⅳ', III: 'Ⅲ', II: 'Ⅱ', I: 'Ⅰ' };
