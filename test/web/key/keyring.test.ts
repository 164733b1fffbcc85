import { expect, test } from 'vitest';
import { createKeyring, shownKey } from '../../../web/src/key/keyring.ts';
import { createMemoryStorage } from '../../support/memoryStorage.ts';

test('the key of a link is held and not stored', () => {
  const storage = createMemoryStorage();
  const { held } = createKeyring(storage, 'mg_live_one');
  expect(held.get()).toEqual({ secret: 'mg_live_one', remembered: false, standing: { kind: 'unknown' } });
  expect(storage.length).toBe(0);
});

test('a key is stored only when asked for, and found again', () => {
  const storage = createMemoryStorage();
  createKeyring(storage, null).use('mg_live_one', true);
  expect(createKeyring(storage, null).held.get()).toMatchObject({ secret: 'mg_live_one', remembered: true });
  createKeyring(storage, null).use('mg_live_two', false);
  expect(createKeyring(storage, null).held.get()).toMatchObject({ secret: null, standing: { kind: 'missing' } });
});

test('the key of a link wins over a remembered one, which stays stored', () => {
  const storage = createMemoryStorage();
  createKeyring(storage, null).use('mg_live_one', true);
  expect(createKeyring(storage, 'mg_live_two').held.get()).toMatchObject({ secret: 'mg_live_two', remembered: false });
  expect(createKeyring(storage, null).held.get().secret).toBe('mg_live_one');
});

test('an answer about a key that was replaced meanwhile is ignored', () => {
  const keyring = createKeyring(createMemoryStorage(), 'mg_live_one');
  keyring.use('mg_live_two', false);
  keyring.judge('mg_live_one', { kind: 'refused', message: 'It has expired.' });
  expect(keyring.held.get().standing.kind).toBe('unknown');
});

test('forgetting leaves nothing behind', () => {
  const storage = createMemoryStorage();
  const keyring = createKeyring(storage, null);
  keyring.use('mg_live_one', true);
  keyring.forget();
  expect(keyring.held.get().secret).toBeNull();
  expect(storage.length).toBe(0);
});

test('a key is shown by as much of it as lists of keys show, and a short one by less', () => {
  expect(shownKey(`mg_live_${'x'.repeat(49)}`)).toBe('mg_live_xxxx…');
  expect(shownKey('secret')).toBe('se…');
});
