// What a start of the server prepares so that people can get in: links for the people of the demonstration, or one
// set-up link for the first administrator of a new installation. The links stand in DATA_DIR/sign-in.json, readable
// by the account that runs the server only; every start makes new ones and the old ones die.

import { signInRules } from '#db/rules/access.ts';
import { publicAddress } from '../address.ts';
import type { Config } from '../config.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { countPeople, personByLogin } from '../repositories/person.ts';
import { addSignInLink, dropLinks } from '../repositories/sign-in-link.ts';
import { assertDemoIsLocal } from './demo-local.ts';
import { DEMO_PEOPLE } from './demo-people.ts';
import { keepLinks, type SignInLink } from './links-file.ts';
import { newSecret, sha256 } from './secret.ts';

type LinkConfig = Pick<Config, 'HOST' | 'PORT' | 'ORIGIN' | 'DATA_DIR'>;

/** @throws Fault when demonstration accounts could be reached from another machine */
export async function prepareSignIn(config: LinkConfig, db: Db, now: Date): Promise<SignInLink[]> {
	await assertDemoIsLocal(config, db);
	const links = await transaction(db, async (tx) => {
		await dropLinks(tx, 'demo');
		await dropLinks(tx, 'setup');
		const demo = await demoLinks(tx, publicAddress(config), now);
		if (demo.length > 0) return demo;
		return (await countPeople(tx)) === 0 ? [await setupLink(tx, publicAddress(config), now)] : [];
	});
	keepLinks(config.DATA_DIR, now, links);
	return links;
}

/** May be used again and again: they are printed once per start, and only this machine can follow them. */
async function demoLinks(tx: Db, address: string, now: Date): Promise<SignInLink[]> {
	const links: SignInLink[] = [];
	for (const { role, kind = role, login, label } of DEMO_PEOPLE) {
		const person = await personByLogin(tx, login);
		if (!person || !person.isDemo || person.disabledAt) continue;
		const secret = newSecret();
		const expiresAt = after(now, signInRules.demoLink.value);
		await addSignInLink(tx, { tokenSha256: sha256(secret), purpose: 'demo', personId: person.id, at: now, expiresAt });
		links.push({ kind, label, url: `${address}/login/link/${secret}` });
	}
	return links;
}

async function setupLink(tx: Db, address: string, now: Date): Promise<SignInLink> {
	const secret = newSecret();
	const expiresAt = after(now, signInRules.setupLink.value);
	await addSignInLink(tx, { tokenSha256: sha256(secret), purpose: 'setup', personId: null, at: now, expiresAt });
	const minutes = Math.round(signInRules.setupLink.value / 60);
	return {
		kind: 'setup',
		label: `设立第一位安全管理员（${minutes} 分钟内有效，只能用一次） · Set up the first security administrator (once, within ${minutes} minutes)`,
		url: `${address}/login/link/${secret}`,
	};
}

function after(now: Date, seconds: number): Date {
	return new Date(now.getTime() + seconds * 1000);
}
