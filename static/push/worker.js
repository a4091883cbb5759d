// Shows alarms that are pushed to this browser, and tells the server that they arrived. Controls no page.

self.addEventListener('push', (event) => {
	const message = event.data ? event.data.json() : {};
	const shown = self.registration.showNotification(message.isTest ? `演练：${message.title}` : message.title || '告警', {
		body: message.text || '',
		tag: message.alarmId,
		requireInteraction: message.level === 'danger',
		icon: '/icon.svg',
		data: { alarmId: message.isTest ? null : message.alarmId },
	});
	const receipt = message.id
		? fetch(`/api/v1/push/${message.id}`, { method: 'POST', credentials: 'same-origin' }).catch(() => undefined)
		: Promise.resolve();
	event.waitUntil(Promise.all([shown, receipt]));
});

self.addEventListener('notificationclick', (event) => {
	event.notification.close();
	const { alarmId } = event.notification.data || {};
	event.waitUntil(self.clients.openWindow(alarmId ? `/alarms?alarm=${alarmId}` : '/alarms/duty'));
});
