import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { secretBytes } from './vault.ts';

/** The secret as an operator writes it: 32 bytes in base64 or base64url. Null when it is something else. */
export function readSecret(text: string): Uint8Array | null {
  const trimmed = text.trim();
  if (!/^[\w+/-]{43}=?$/.test(trimmed)) return null;
  const secret = new Uint8Array(Buffer.from(trimmed, 'base64'));
  return secret.length === secretBytes ? secret : null;
}

/** The secret in this file, which only its owner may read; the first start makes it. Null when the file holds something else. */
export function openSecretFile(path: string): Uint8Array | null {
  return readSecret(readIfThere(path) ?? make(path));
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    if (hasCode(thrown, 'ENOENT')) return null;
    throw thrown;
  }
}

/** Linked into place, so that nobody ever reads half of it, and of two processes that make one both have the same. */
function make(path: string): string {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(draft, `${randomBytes(secretBytes).toString('base64')}\n`, { mode: 0o600 });
  try {
    linkSync(draft, path);
  } catch (thrown) {
    if (!hasCode(thrown, 'EEXIST')) throw thrown;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(path, 'utf8');
}

function hasCode(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === code;
}
