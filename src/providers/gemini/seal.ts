import { openSignature, sealSignature } from '../wire/signature.ts';
import { format } from './wire.ts';

/**
 * A signature belongs to the part that it came with, a call of a tool or the text, and has to go back on that part
 * (https://ai.google.dev/gemini-api/docs/thought-signatures).
 */
export interface Seal {
  /** The id of the call that it came with; null: the text. */
  readonly callId: string | null;
  readonly signature: string;
}

export function seal({ callId, signature }: Seal): string {
  return sealSignature(format, callId === null ? `text:${signature}` : `call:${callId}:${signature}`);
}

/** Null for the seals of others. */
export function openSeal(text: string | null): Seal | null {
  const sealed = openSignature(format, text);
  if (sealed === null) return null;
  if (sealed.startsWith('text:')) return { callId: null, signature: sealed.slice('text:'.length) };
  // A signature is base64, which has no colon.
  const end = sealed.lastIndexOf(':');
  return sealed.startsWith('call:') && end > 'call:'.length
    ? { callId: sealed.slice('call:'.length, end), signature: sealed.slice(end + 1) }
    : null;
}
