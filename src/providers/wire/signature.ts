/**
 * What a model signed of its thoughts has to go back to it unchanged, and means nothing to any other. Callers carry it as one opaque text:
 * the format that made it, and what that format wants to see again.
 */
export function sealSignature(format: string, value: string): string {
  return `${format}:${value}`;
}

/** What this format sealed; null where the thought is another's. */
export function openSignature(format: string, signature: string | null): string | null {
  return signature?.startsWith(`${format}:`) === true ? signature.slice(format.length + 1) : null;
}
