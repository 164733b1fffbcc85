/** Numbers from 0 up to 1 that come again with the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Mutation = (bytes: Buffer, below: (most: number) => number) => Buffer;

const replaceText =
  (pattern: RegExp, by: string | ((found: string) => string)): Mutation =>
  (bytes, below) => {
    const text = bytes.toString('latin1');
    const found = [...text.matchAll(pattern)];
    const one = found[below(found.length)];
    if (one === undefined) return bytes;
    const instead = typeof by === 'string' ? by : by(one[0]);
    return Buffer.from(text.slice(0, one.index) + instead + text.slice(one.index + one[0].length), 'latin1');
  };

/** What goes wrong with a stream on its way, or with the server that made it. */
const mutations: Readonly<Record<string, Mutation>> = {
  flipByte(bytes, below) {
    const copy = Buffer.from(bytes);
    const at = below(copy.length);
    copy[at] = (copy[at] ?? 0) ^ (1 << below(8));
    return copy;
  },
  cut: (bytes, below) => bytes.subarray(0, below(bytes.length)),
  dropPiece(bytes, below) {
    const from = below(bytes.length);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + below(200))]);
  },
  repeatPiece(bytes, below) {
    const from = below(bytes.length);
    const to = from + below(200);
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
  },
  dropLine: replaceText(/[^\n]*\n/g, ''),
  numberAsText: replaceText(/:-?\d+(?:\.\d+)?/g, (found) => `:"${found.slice(1)}"`),
  textAsNull: replaceText(/:"[^"\\]*"/g, ':null'),
  textAsNumber: replaceText(/:"[^"\\]*"/g, ':7'),
  objectAsList: replaceText(/:\{/g, ':[{'),
  hugeNumber: replaceText(/:-?\d+(?:\.\d+)?/g, ':1e999'),
  negativeNumber: replaceText(/:-?\d+(?:\.\d+)?/g, ':-5'),
  protoKey: replaceText(/"[a-z_]+":/gi, '"__proto__":'),
  constructorKey: replaceText(/"type":"[a-z._-]+"/gi, '"type":"constructor"'),
};

const names = Object.keys(mutations);

/** A stream after one to three mutations, and what they were. */
export function mutate(stream: Buffer, random: () => number): { readonly bytes: Buffer; readonly how: readonly string[] } {
  const below = (most: number): number => Math.floor(random() * most);
  const how = Array.from({ length: 1 + below(3) }, () => names[below(names.length)] ?? 'cut');
  return { bytes: how.reduce((bytes, name) => mutations[name]?.(bytes, below) ?? bytes, stream), how };
}
