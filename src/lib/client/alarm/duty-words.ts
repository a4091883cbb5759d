// Roles on the duty roster as the bureau says them.

import type { DutyRole } from '#lib/domain/alarm/escalation.ts';
import { m } from '../words/generated/messages.js';

export const dutyRoleWord = (role: string) => m[`dutyRole_${role as DutyRole}`]();
