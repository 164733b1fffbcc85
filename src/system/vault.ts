import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Vault } from '../ports/vault.ts';

export const secretBytes = 32;

const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * AES-256-GCM and HMAC-SHA-256, each with a key of its own derived from the secret (RFC 5869).
 * Nonces are random: good for 2^32 texts a secret (NIST SP 800-38D, 8.3).
 */
export function createVault(secret: Uint8Array): Vault {
  const sealing = derive(secret, 'seal');
  const marking = derive(secret, 'mark');
  /** Tells marks of other secrets apart without telling the secret. */
  const name = Buffer.from(derive(secret, 'name')).toString('base64url').slice(0, 8);

  return {
    mark: (text) => `${name}.${createHmac('sha256', marking).update(text).digest('base64url')}`,
    compare(left, right) {
      if (nameOf(left) !== nameOf(right)) return 'UNKNOWN';
      return equal(left, right) ? 'SAME' : 'OTHER';
    },
    seal(text, label) {
      const nonce = randomBytes(nonceBytes);
      const seal = createCipheriv(cipher, sealing, nonce).setAAD(Buffer.from(label));
      const sealed = [seal.update(text, 'utf8'), seal.final()];
      return Buffer.concat([nonce, seal.getAuthTag(), ...sealed]);
    },
    open(sealed, label) {
      if (sealed.length < nonceBytes + tagBytes) return null;
      const nonce = sealed.subarray(0, nonceBytes);
      const tag = sealed.subarray(nonceBytes, nonceBytes + tagBytes);
      try {
        const opening = createDecipheriv(cipher, sealing, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(label)).setAuthTag(tag);
        const opened = [opening.update(sealed.subarray(nonceBytes + tagBytes)), opening.final()];
        return Buffer.concat(opened).toString('utf8');
      } catch {
        // The tag does not fit: that is all that can be said of it.
        return null;
      }
    },
  };
}

function derive(secret: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', `modelgraph ${purpose}`, 32));
}

function nameOf(mark: string): string {
  return mark.slice(0, mark.indexOf('.'));
}

function equal(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}
