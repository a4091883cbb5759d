// The people of the demonstration: one of each kind, invented; on duty two, so that a shift can be
// handed over. They exist only in a database that holds the
// demonstration district, and the server keeps to its own machine while they do (demo-local.ts).

import { randomUUID } from 'node:crypto';
import type { PersonRole } from '#lib/domain/access/principal.ts';
import type { LayerClass } from '#lib/domain/access/scope.ts';
import type { Db } from '../db/connection.ts';
import { addGrant, addPerson, personByLogin } from '../repositories/person.ts';

export interface DemoPerson {
	role: PersonRole;
	/** Of the sign-in link, where the role is not enough: two people of one role. */
	kind?: string;
	login: string;
	name: string;
	layers: readonly LayerClass[];
	/** Chinese and English, for whoever starts the demonstration. */
	label: string;
}

const OFFICE: readonly LayerClass[] = ['public', 'supervision', 'personal'];
const OVERVIEW: readonly LayerClass[] = ['public', 'supervision'];

export const DEMO_PEOPLE: readonly DemoPerson[] = [
	{ role: 'dutyOfficer', login: 'demo-duty', name: '沈岚', layers: OFFICE, label: '值班员 · Duty officer' },
	{
		role: 'dutyOfficer',
		kind: 'nightOfficer',
		login: 'demo-night',
		name: '金立群',
		layers: OFFICE,
		label: '夜班值班员 · Duty officer at night',
	},
	{
		role: 'supervisor',
		login: 'demo-supervisor',
		name: '楼建国',
		layers: OFFICE,
		label: '监督员（一个镇街） · Supervisor (one town)',
	},
	{ role: 'leader', login: 'demo-leader', name: '来志远', layers: OVERVIEW, label: '领导 · Leader' },
	{ role: 'analyst', login: 'demo-analyst', name: '瞿晓雯', layers: OVERVIEW, label: '数据分析员 · Analyst' },
	{
		role: 'systemAdmin',
		login: 'demo-system',
		name: '汤立',
		layers: OVERVIEW,
		label: '系统管理员 · System administrator',
	},
	{
		role: 'securityAdmin',
		login: 'demo-security',
		name: '倪文',
		layers: [],
		label: '安全管理员 · Security administrator',
	},
	{ role: 'auditor', login: 'demo-auditor', name: '孙敏', layers: [], label: '审计员 · Auditor' },
];

/**
 * Makes those that are not there yet, inside the caller's transaction. Nobody gets a password: they sign in by link.
 * @param area - the district; the supervisor gets `town` of it
 */
export async function ensureDemoPeople(tx: Db, area: { district: string; town: string }, at: Date): Promise<void> {
	for (const { role, login, name, layers } of DEMO_PEOPLE) {
		if (await personByLogin(tx, login)) continue;
		const id = randomUUID();
		await addPerson(tx, { id, login, name, isDemo: true, passwordHash: null, at });
		const where = role === 'supervisor' ? area.town : area.district;
		await addGrant(tx, { id: randomUUID(), personId: id, role, area: where, layers, at, by: 'system' });
	}
}
