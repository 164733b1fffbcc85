import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** What the internet does not route to anybody (IANA's registries of special-purpose addresses), and what would reach such an address by another name. */
const special = {
  ipv4: toBlockList('ipv4', [
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.0.0.0/24',
    '192.0.2.0/24',
    '192.88.99.0/24',
    '192.168.0.0/16',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '224.0.0.0/3',
  ]),
  ipv6: toBlockList('ipv6', [
    // Of IPv6 only 2000::/3 is given to anybody.
    '::/3',
    '4000::/2',
    '8000::/1',
    '2001::/23',
    '2001:db8::/32',
    '2002::/16',
    '3fff::/20',
  ]),
};

const loopback = { ipv4: toBlockList('ipv4', ['127.0.0.0/8']), ipv6: toBlockList('ipv6', ['::1/128', '::ffff:127.0.0.0/104']) };

/** Whether nobody else's server can be there: a private network, this machine, a metadata service. What is no address is taken for one that is. */
export function isPrivateAddress(address: string): boolean {
  return isWithin(special, address) ?? true;
}

export function isLoopbackAddress(address: string): boolean {
  return isWithin(loopback, address) ?? false;
}

type Family = 'ipv4' | 'ipv6';

/** Null: it is no address. One list for both families would take each IPv4 address for its twin in ::ffff:0:0/96. */
function isWithin(lists: Readonly<Record<Family, BlockList>>, address: string): boolean | null {
  if (isIPv6(address)) return lists.ipv6.check(address, 'ipv6');
  return isIPv4(address) ? lists.ipv4.check(address, 'ipv4') : null;
}

function toBlockList(family: Family, ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', bits = ''] = range.split('/');
    list.addSubnet(network, Number(bits), family);
  }
  return list;
}
