import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createClientAddress, isAddressRange } from '../../src/server/clientAddress.ts';

function request(remoteAddress: string | undefined, forwardedFor?: string): IncomingMessage {
  const headers = forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor };
  // Of a request nothing else is read here.
  return { socket: { remoteAddress }, headers } as unknown as IncomingMessage;
}

describe('the address of a client', () => {
  it.each<[string, readonly string[], [peer: string | undefined, forwardedFor: string | undefined, client: string | null]]>([
    ['is that of the connection', [], ['192.0.2.1', undefined, '192.0.2.1']],
    ['is not what a stranger writes', [], ['192.0.2.1', '10.0.0.9', '192.0.2.1']],
    ['is not what one beside the proxies writes', ['10.0.0.0/8'], ['192.0.2.1', '203.0.113.9', '192.0.2.1']],
    ['is what a trusted proxy says', ['10.0.0.0/8'], ['10.1.2.3', '203.0.113.9', '203.0.113.9']],
    ['is read from the end, through trusted proxies only', ['10.0.0.0/8'], ['10.1.2.3', '8.8.8.8, 203.0.113.9, 10.0.0.2', '203.0.113.9']],
    ['is the first of all when all are trusted', ['10.0.0.0/8'], ['10.1.2.3', '10.9.9.9, 10.0.0.2', '10.9.9.9']],
    ['is the proxy’s own when it says nothing', ['10.0.0.0/8'], ['10.1.2.3', undefined, '10.1.2.3']],
    ['is the last good one when the next is none', ['10.0.0.0/8'], ['10.1.2.3', '203.0.113.9, unknown, 10.0.0.2', '10.0.0.2']],
    ['is without a port', ['::1'], ['::1', '203.0.113.9:4711', '203.0.113.9']],
    ['is without brackets', ['::1'], ['::1', '[2001:db8::5]:4711', '2001:db8::5']],
    ['is IPv4 where it was packed into IPv6', ['127.0.0.1'], ['::ffff:127.0.0.1', '::ffff:203.0.113.9', '203.0.113.9']],
    ['is trusted within a range of IPv6', ['fd00::/8'], ['fd12::1', '2001:db8::5', '2001:db8::5']],
    ['is null without a connection', ['::1'], [undefined, '203.0.113.9', null]],
  ])('%s', (_fact, trusted, [peer, forwardedFor, client]) => {
    expect(createClientAddress(trusted)(request(peer, forwardedFor))).toBe(client);
  });
});

describe('an address range', () => {
  it.each(['10.0.0.0/8', '192.0.2.1', '::1', 'fd00::/8', '0.0.0.0/0'])('is %s', (text) => expect(isAddressRange(text)).toBe(true));
  it.each(['', '10.0.0/8', '10.0.0.0/33', '10.0.0.0/8/8', '::1/129', 'localhost', '10.0.0.0/', '10.0.0.0/-1'])('is not "%s"', (text) =>
    expect(isAddressRange(text)).toBe(false),
  );
});
