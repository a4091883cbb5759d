// Headers every answer carries. The content security policy comes from svelte.config.js, which knows the pages' nonces.

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
	'referrer-policy': 'same-origin',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy':
		'accelerometer=(), autoplay=(self), camera=(), display-capture=(), fullscreen=(self), geolocation=(self), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()',
};

/** Over https the browser is told to stay there. */
export function securityHeaders(publicOrigin: string): Record<string, string> {
	const https = publicOrigin.startsWith('https://');
	return { ...SECURITY_HEADERS, ...(https && { 'strict-transport-security': 'max-age=31536000' }) };
}
