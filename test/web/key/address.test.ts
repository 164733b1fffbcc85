import { expect, test } from 'vitest';
import { takeKey } from '../../../web/src/key/address.ts';

function open(hash: string) {
  const entries: string[] = [];
  const secret = takeKey(
    { pathname: '/playground/', search: '?theme=dark', hash },
    { replaceState: (_data, _unused, address) => void entries.push(address) },
  );
  return { secret, entries };
}

test('a key leaves the address, the rest of it stays', () => {
  expect(open('#key=mg_live_one')).toEqual({ secret: 'mg_live_one', entries: ['/playground/?theme=dark'] });
});

test('an empty key leaves the address too', () => {
  expect(open('#key=')).toEqual({ secret: null, entries: ['/playground/?theme=dark'] });
});

test.each(['', '#section'])('a fragment without a key (%j) is left alone', (hash) => {
  expect(open(hash)).toEqual({ secret: null, entries: [] });
});
