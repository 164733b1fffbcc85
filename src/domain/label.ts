import { GatewayError } from './errors.ts';
import { isPlain } from './name.ts';

/** A name and a value by which operators file keys. */
export interface Label {
  readonly name: string;
  readonly value: string;
}

/** Which labels are meant; null: whatever the value. */
export interface LabelQuery {
  readonly name: string;
  readonly value: string | null;
}

const mostLabels = 32;
const namePattern = /^[a-zA-Z][a-zA-Z0-9_./-]{0,63}$/;
const mostValueLength = 256;

/** Throws INVALID_REQUEST when there are too many, one is named twice, or a name or value is out of shape. */
export function checkLabels(labels: readonly Label[]): void {
  if (labels.length > mostLabels) throw new GatewayError('INVALID_REQUEST', `A key takes at most ${mostLabels} labels.`);
  const seen = new Set<string>();
  for (const { name, value } of labels) {
    if (!namePattern.test(name)) {
      throw new GatewayError(
        'INVALID_REQUEST',
        'The name of a label begins with a letter and has up to 64 letters, digits, "_", ".", "/" or "-".',
      );
    }
    if (value.length === 0 || value.length > mostValueLength || !isPlain(value))
      throw new GatewayError(
        'INVALID_REQUEST',
        `The value of label "${name}" must have 1 to ${mostValueLength} characters, and no control characters.`,
      );
    if (seen.has(name)) throw new GatewayError('INVALID_REQUEST', `The label "${name}" is given twice.`);
    seen.add(name);
  }
}
