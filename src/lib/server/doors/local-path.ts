// A place to go on to after signing in, from an address that anybody may have made up: only a path of this very site.

/** The path with its query, or `/`. */
export function localPath(asked: string | null | undefined): string {
	if (!asked || !/^\/(?![/\\])/.test(asked) || /[\\\s\p{Cc}]/u.test(asked)) return '/';
	const url = new URL(asked, 'http://local');
	return url.host === 'local' && !url.pathname.startsWith('//') ? url.pathname + url.search : '/';
}
