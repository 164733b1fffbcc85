import { hashText } from './random.ts';

export const defaultDimensions = 64;
export const mostDimensions = 4096;

/**
 * A unit vector of the text's trigrams, each hashed to an axis and a sign: texts that share trigrams point the same way.
 * The same text, dimensions and seed give the same vector.
 */
export function embedText(text: string, dimensions: number, seed: number): Float32Array {
  const sums = new Float64Array(dimensions);
  const characters = [...` ${text.normalize('NFC').toLowerCase().trim()} `];
  for (let index = 0; index + 2 < characters.length || index === 0; index++) {
    const hash = hashText(characters.slice(index, index + 3).join(''), seed);
    const axis = (hash >>> 1) % dimensions;
    sums[axis] = (sums[axis] ?? 0) + (hash & 1 ? 1 : -1);
  }
  return toUnit(sums);
}

function toUnit(sums: Float64Array): Float32Array {
  const length = Math.hypot(...sums);
  if (length > 0) return Float32Array.from(sums, (sum) => sum / length);
  // All trigrams cancelled each other out; a vector of nothing has no direction.
  return Float32Array.from(sums, (_sum, axis) => (axis === 0 ? 1 : 0));
}
