// The checksum of HJ 212-2017 (appendix A). It looks like Modbus and is not: per byte the register is shifted right by
// eight, joined with the byte, and then shifted eight times. "123456789" gives 2F80, where Modbus gives 4B37.

const POLYNOMIAL = 0xa001;
/** What eight shifts make of a register: it never holds more than one byte when they begin. */
const SHIFTED = Uint16Array.from({ length: 256 }, (_, byte) => {
	let crc = byte;
	for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ POLYNOMIAL : crc >> 1;
	return crc;
});

/** Four hex digits, upper case. @param segment - one character per byte */
export function hj212Checksum(segment: string): string {
	let crc = 0xffff;
	for (let i = 0; i < segment.length; i++) crc = SHIFTED[(crc >> 8) ^ (segment.charCodeAt(i) & 0xff)]!;
	return crc.toString(16).toUpperCase().padStart(4, '0');
}

/** Whether it is the checksum; some devices exchange its two bytes. */
export function isHj212Checksum(segment: string, check: string): boolean {
	if (!/^[0-9a-f]{4}$/i.test(check)) return false;
	const right = hj212Checksum(segment);
	const given = check.toUpperCase();
	return given === right || given === right.slice(2) + right.slice(0, 2);
}
