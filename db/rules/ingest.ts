// Bounds of the ways in: how much may wait, how large a frame may be, how many unreadable ones are kept.

import { assumed } from './provenance.ts';

const deadLetter = {
	kept: assumed(100_000, '', 'a month of a badly configured gateway, and still one page of the database’s memory'),
	keptDays: assumed(90, 'd', 'as long as raw readings'),
	bytes: assumed(65_536, 'B', 'the largest frame of any protocol here; what is longer is cut and cannot be replayed'),
	/** Of one source in a minute; further ones are only counted. */
	perMinute: assumed(120, '1/min', 'two a second tell a person as much as two thousand'),
	waiting: assumed(2000, '', 'what a flood may hold in memory until it is written'),
};

const mqtt = {
	packet: assumed(1_048_576, 'B', 'as the body of a telemetry request'),
	connections: assumed(2000, '', 'twice the machines of the largest district'),
	connectWithin: assumed(10, 's', 'a connection that does not say who it is'),
	drain: assumed(20, 's', 'a device that reads nothing back is given up'),
	keepAliveLimit: assumed(0, 's', 'no limit: devices choose; a silent one is told by its readings'),
	/** Messages of one connection to the bureau's broker that may wait for their commit. */
	inFlight: assumed(200, '', 'a tenth of a second at 2,000 a second'),
	reconnect: assumed(0.5, 's', 'Mosquitto has nobody to hand messages of a share to until a line of it is back'),
	/** How long readings of the bureau's broker wait for each other before they are judged, on several connections. */
	orderWithin: assumed(
		0.25,
		's',
		'a quarter of what device to screen may take; two sockets of one process are milliseconds apart',
	),
	/** And where several processes read it: what one stored, another hears of a moment later. */
	orderWithinProcesses: assumed(0.5, 's', 'twice as often as processes look for what others stored'),
	retry: assumed(1, 's', 'the database is tried every second'),
};

const tcp = {
	frame: assumed(65_536, 'B', 'HJ 212 allows 1,024 + header, JT/T 808 1,023 before escaping; vendors exceed both'),
	connections: assumed(2000, '', 'twice the machines of the largest district'),
	idle: assumed(900, 's', 'stations report every minute, trackers send a heartbeat every few; twice an hour is dead'),
	/** Seconds a frame may take from its first byte to its last. */
	frameWithin: assumed(60, 's', 'ten thousand bytes by the slowest radio take half of it'),
	/** Bytes of one connection that nobody can read, one after the other, before it is hung up. */
	unreadable: assumed(262_144, 'B', 'a station with a wrong checksum reaches it after half a day, a flood at once'),
	/** Bytes of answers that a device does not read before it is hung up. */
	unread: assumed(65_536, 'B', 'eight hundred answers'),
	/** Unfinished groups of sub-packets of one connection, and how long they wait for the rest. */
	groups: assumed(8, '', 'a terminal sends one message at a time'),
	groupWithin: assumed(60, 's', 'JT/T 808: the terminal resends within a minute'),
};

const still = {
	bytes: assumed(2 * 1024 * 1024, 'B', 'a full-HD still as JPEG'),
};

export const ingestRules = { deadLetter, mqtt, tcp, still };
