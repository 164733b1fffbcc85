import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** The address of the client behind a request; null where the connection has none. */
export type ClientAddress = (request: IncomingMessage) => string | null;

/**
 * `X-Forwarded-For` is believed as far as trusted proxies wrote it: it is read from its end, each address by the one that named it, up to the first that is
 * no trusted proxy. What stands before that, anybody may have written.
 */
export function createClientAddress(trustedProxies: readonly string[]): ClientAddress {
  const trusted = new BlockList();
  for (const range of trustedProxies) addRange(trusted, range);
  const trusts = (address: string): boolean => trusted.check(address, familyOf(address));

  return ({ socket, headers }) => {
    let client = readAddress(socket.remoteAddress ?? '');
    if (client === null || trustedProxies.length === 0) return client;
    for (const text of forwardedFor(headers['x-forwarded-for']).reverse()) {
      if (!trusts(client)) return client;
      const named = readAddress(text);
      if (named === null) return client;
      client = named;
    }
    return client;
  };
}

/** An address, or one with the length of its prefix: `10.0.0.0/8`, `fd00::/8`. */
export function isAddressRange(text: string): boolean {
  const [address = '', length, ...rest] = text.split('/');
  const most = { 4: 32, 6: 128 }[isIP(address)];
  return most !== undefined && rest.length === 0 && (length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= most));
}

function addRange(list: BlockList, range: string): void {
  const [address = '', length] = range.split('/');
  if (length === undefined) list.addAddress(address, familyOf(address));
  else list.addSubnet(address, Number(length), familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

function forwardedFor(header: string | readonly string[] | undefined): string[] {
  return [header ?? []].flat().flatMap((line) => line.split(','));
}

/** Without a port, and an IPv4 address in its own form where it was packed into IPv6; null when it is none. */
function readAddress(text: string): string | null {
  const bare = text.trim();
  const unported = /^\[(.+)\](?::\d+)?$/.exec(bare)?.[1] ?? /^(\d[\d.]*):\d+$/.exec(bare)?.[1] ?? bare;
  const address = /^::ffff:(\d[\d.]*)$/i.exec(unported)?.[1] ?? unported;
  return isIP(address) === 0 ? null : address;
}
