import { GatewayError } from './errors.ts';

/** Neighbouring IP addresses, from the first to the last, as numbers of 128 bits. An IPv4 address is the IPv6 address that it is packed into (RFC 4291, 2.5.5.2). */
export interface AddressRange {
  readonly first: bigint;
  readonly last: bigint;
}

const wholeBits = 128;
const mappedPrefix = 0xffffn << 32n;

/** Reads an address, or one with the length of its prefix: `10.0.0.0/8`, `fd00::/8`. Bits behind the prefix do not count. Null when it is neither. */
export function readAddressRange(text: string): AddressRange | null {
  const [address = '', length, ...rest] = text.split('/');
  const at = readAddress(address);
  if (at === null || rest.length > 0) return null;
  const addressBits = address.includes(':') ? wholeBits : 32;
  if (length === undefined) return { first: at, last: at };
  if (!/^(0|[1-9]\d{0,2})$/.test(length) || Number(length) > addressBits) return null;
  const size = 1n << BigInt(addressBits - Number(length));
  const first = at - (at % size);
  return { first, last: first + size - 1n };
}

const mostRanges = 100;

/** Throws INVALID_REQUEST when there are none or too many, or one cannot be read. */
export function readAddressRanges(texts: readonly string[]): readonly AddressRange[] {
  if (texts.length === 0) throw new GatewayError('INVALID_REQUEST', '`allowedAddresses` must not be empty; null allows all addresses.');
  if (texts.length > mostRanges) throw new GatewayError('INVALID_REQUEST', `\`allowedAddresses\` has at most ${mostRanges} ranges.`);
  return texts.map((text, index) => {
    const range = readAddressRange(text);
    if (range !== null) return range;
    const path = `allowedAddresses[${index}]`;
    throw new GatewayError('INVALID_REQUEST', `${path}: this is neither an IP address nor a range such as 10.0.0.0/8.`, {
      details: { path },
    });
  });
}

/** What is no address is in no range. */
export function isInRange(ranges: readonly AddressRange[], address: string): boolean {
  const at = readAddress(address.split('%')[0] ?? '');
  return at !== null && ranges.some(({ first, last }) => first <= at && at <= last);
}

/** Whether each of the ranges lies in one of the others. */
export function liesWithin(ranges: readonly AddressRange[], others: readonly AddressRange[]): boolean {
  return ranges.every((range) => others.some(({ first, last }) => first <= range.first && range.last <= last));
}

function readAddress(text: string): bigint | null {
  if (text.includes(':')) return readIpv6(text);
  const value = readIpv4(text);
  return value === null ? null : mappedPrefix | value;
}

const octet = '(0|[1-9]\\d{0,2})';
const ipv4 = new RegExp(`^${octet}\\.${octet}\\.${octet}\\.${octet}$`);

function readIpv4(text: string): bigint | null {
  const octets = ipv4.exec(text)?.slice(1).map(Number) ?? [];
  if (octets.length === 0 || octets.some((value) => value > 255)) return null;
  return octets.reduce((sum, value) => (sum << 8n) | BigInt(value), 0n);
}

const groupCount = 8;

function readIpv6(text: string): bigint | null {
  const halves = text.split('::');
  if (halves.length > 2 || (halves.length === 2 && halves[0]?.includes('.'))) return null;
  const [head, tail] = halves.map(readGroups);
  if (head === undefined || head === null || tail === null) return null;
  if (tail === undefined) return head.length === groupCount ? join(head) : null;
  const missing = groupCount - head.length - tail.length;
  return missing < 1 ? null : join([...head, ...new Array<bigint>(missing).fill(0n), ...tail]);
}

/** The groups of 16 bits on one side of `::`; the last two may be written as an IPv4 address. */
function readGroups(text: string): readonly bigint[] | null {
  if (text === '') return [];
  const parts = text.split(':');
  const groups: bigint[] = [];
  for (const [index, part] of parts.entries()) {
    const packed = index === parts.length - 1 ? readIpv4(part) : null;
    if (packed !== null) groups.push(packed >> 16n, packed & 0xffffn);
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(BigInt(`0x${part}`));
    else return null;
  }
  return groups;
}

function join(groups: readonly bigint[]): bigint {
  return groups.reduce((sum, group) => (sum << 16n) | group, 0n);
}
