import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSecretFile, readSecret } from '../../src/system/secretFile.ts';
import { createVault } from '../../src/system/vault.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const vault = createVault(new Uint8Array(32).fill(1));
const other = createVault(new Uint8Array(32).fill(2));

describe('a vault', () => {
  it('opens what it sealed, under its label alone', () => {
    const text = 'Once upon a time 日本 🙂';
    const sealed = vault.seal(text, 'mine');
    expect(vault.open(sealed, 'mine')).toBe(text);
    expect([vault.open(sealed, 'yours'), other.open(sealed, 'mine')]).toEqual([null, null]);
    expect(Buffer.from(sealed).toString('latin1')).not.toContain('Once');
  });

  it('seals the same text never twice alike, and opens nothing that was changed or cut', () => {
    const sealed = vault.seal('once', 'mine');
    expect(vault.seal('once', 'mine')).not.toEqual(sealed);
    for (let place = 0; place < sealed.length; place += 1) {
      expect(vault.open(sealed.with(place, (sealed[place] ?? 0) ^ 1), 'mine')).toBeNull();
      expect(vault.open(sealed.subarray(0, place), 'mine')).toBeNull();
    }
  });

  it('marks equal texts alike, and cannot judge the marks of another', () => {
    expect(vault.compare(vault.mark('a'), vault.mark('a'))).toBe('SAME');
    expect(vault.compare(vault.mark('a'), vault.mark('b'))).toBe('OTHER');
    expect(vault.compare(vault.mark('a'), other.mark('a'))).toBe('UNKNOWN');
  });
});

describe('a secret', () => {
  it('is made once, for its owner alone', () => {
    const folder = temporaryFolder();
    const path = join(folder.path, 'data', 'secret.key');
    const secret = openSecretFile(path);
    expect(secret).toHaveLength(32);
    expect(openSecretFile(path)).toEqual(secret);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    writeFileSync(path, 'half a secr');
    expect(openSecretFile(path)).toBeNull();
    folder.remove();
  });

  it.each([
    [`${'A'.repeat(43)}=`, 32],
    [`${'_-'.repeat(21)}A\n`, 32],
    ['A'.repeat(44), null],
    ['A'.repeat(40), null],
    ['', null],
    ['not base64 at all, but of the very length!!', null],
  ])('%j has %s bytes', (text, length) => {
    expect(readSecret(text)?.length ?? null).toBe(length);
  });
});
