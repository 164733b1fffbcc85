import type { Peer } from './failure.ts';
import { malformed } from './failure.ts';

/** A vector as providers write it: numbers, or base64 of them. Throws UPSTREAM_MALFORMED for what is neither. */
export function readVector(value: unknown, peer: Peer): Float32Array {
  if (typeof value === 'string') return readBase64(value, peer);
  if (!Array.isArray(value) || value.length === 0 || !value.every((number) => typeof number === 'number')) {
    throw malformed(peer, 'sent a vector that is neither base64 nor a list of numbers');
  }
  return Float32Array.from(value);
}

/** Little-endian 32-bit floats, which is what this machine's are too: Node runs on no other. */
function readBase64(text: string, peer: Peer): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length === 0 || bytes.length % 4 !== 0) throw malformed(peer, 'sent a vector that is not whole');
  // Copied, because a small buffer is a slice of a shared one, at any offset.
  return new Float32Array(Uint8Array.from(bytes).buffer);
}
