// Chinese or English: a cookie the server reads too, then the page is loaded anew.

import { cookieName } from '../words/generated/runtime.js';

const YEAR_S = 365 * 24 * 3600;

export function switchLanguage(locale: 'zh-CN' | 'en'): void {
	document.cookie = `${cookieName}=${locale}; path=/; max-age=${YEAR_S}; samesite=lax`;
	location.reload();
}
