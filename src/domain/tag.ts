import { GatewayError } from './errors.ts';
import { isPlain } from './name.ts';

/** A name and a value on a call, for usage and budgets. */
export interface Tag {
  readonly name: string;
  readonly value: string;
}

const mostTags = 16;
const namePattern = /^[a-zA-Z][a-zA-Z0-9_.-]{0,63}$/;
const mostValueLength = 256;

/** Throws INVALID_REQUEST when there are too many, one is named twice, or a name or value is out of shape. */
export function checkTags(tags: readonly Tag[]): void {
  if (tags.length > mostTags) throw new GatewayError('INVALID_REQUEST', `A call takes at most ${mostTags} tags.`);
  const seen = new Set<string>();
  for (const { name, value } of tags) {
    if (!namePattern.test(name)) {
      throw new GatewayError('INVALID_REQUEST', 'A tag name begins with a letter and has up to 64 letters, digits, "_", "." or "-".');
    }
    if (value.length === 0 || value.length > mostValueLength || !isPlain(value)) {
      throw new GatewayError(
        'INVALID_REQUEST',
        `The value of tag "${name}" must have 1 to ${mostValueLength} characters, and no control characters.`,
      );
    }
    if (seen.has(name)) throw new GatewayError('INVALID_REQUEST', `The tag "${name}" is given twice.`);
    seen.add(name);
  }
}
