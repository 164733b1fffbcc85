import { hash } from 'node:crypto';
import type { Digest } from '../ports/digest.ts';

/** SHA-256, base64url. */
export const sha256: Digest = (text) => hash('sha256', text, 'base64url');
