import { hash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { ApiKeySecrets, IssuedSecret } from '../ports/credential.ts';

const prefix = 'mg_live_';
const bodyBytes = 32;
const prefixShown = 12;
/** The last of 43 characters in base64url carries four bits only: other spellings of the same bytes are no secrets of ours. */
const shape = /^mg_live_([\w-]{42}[AEIMQUYcgkosw048])([0-9A-Za-z]{6})$/;
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const checksumLength = 6;

/**
 * Secrets of the form `mg_live_`, 32 random bytes in base64url, 6 characters of checksum: a mistyped one is refused without asking the store.
 * SHA-256 is enough to keep them: 256 random bits cannot be guessed from a hash, however fast it is.
 */
export function createApiKeySecrets(): ApiKeySecrets {
  return {
    issue() {
      const body = randomBytes(bodyBytes).toString('base64url');
      return toIssued(`${prefix}${body}${checksumOf(body)}`);
    },
    read(secret) {
      const match = shape.exec(secret);
      const [, body, checksum] = match ?? [];
      return body !== undefined && checksum === checksumOf(body) ? toIssued(secret) : null;
    },
  };
}

function toIssued(secret: string): IssuedSecret {
  return {
    secret,
    hash: hash('sha256', secret),
    prefix: secret.slice(0, prefixShown),
    lastFour: secret.slice(-4),
  };
}

/** CRC-32 of the body in base 62, so that a scanner for leaked secrets can tell ours from look-alikes. */
function checksumOf(body: string): string {
  let rest = crc32(body);
  let text = '';
  for (let place = 0; place < checksumLength; place += 1) {
    text = digits.charAt(rest % digits.length) + text;
    rest = Math.floor(rest / digits.length);
  }
  return text;
}
