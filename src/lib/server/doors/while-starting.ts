// What is answered while the program starts: programs get an error they can read, a browser gets a page that asks again
// by itself, so that nobody (and no wall, where nobody sits) is left before a dead text.

import { createHash } from 'node:crypto';
import type { RequestListener } from 'node:http';

const AGAIN_S = 3;
const SENTENCE = '系统正在启动 · The system is starting.';
const STYLE =
	'body{display:grid;place-content:center;min-height:90vh;font:1.1rem system-ui,sans-serif;text-align:center;color-scheme:light dark}';
const PAGE = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="${AGAIN_S}">
<title>工地瞭望 · Sitewatch</title>
<style>${STYLE}</style>
</head>
<body>
<h1>工地瞭望</h1>
<p>系统正在启动，就绪后自动打开。</p>
<p lang="en">The system is starting; this page opens by itself when it is ready.</p>
</body>
</html>
`;
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; frame-ancestors 'none'`;

export const whileStarting: RequestListener = ({ method, headers }, response) => {
	const isPage = method === 'GET' && (headers.accept ?? '').includes('text/html');
	response.writeHead(503, {
		'content-type': isPage ? 'text/html; charset=utf-8' : 'application/json',
		'content-security-policy': POLICY,
		'x-content-type-options': 'nosniff',
		'cache-control': 'no-store',
		'retry-after': String(AGAIN_S),
	});
	response.end(isPage ? PAGE : JSON.stringify({ error: { code: 'starting', message: SENTENCE } }));
};
