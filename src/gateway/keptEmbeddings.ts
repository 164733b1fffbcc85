import type { Embeddings } from '../domain/embedding.ts';
import { readKept, writeKept } from './keptText.ts';
import type { KeyedWork } from './keyedWork.ts';

/** Embeddings under a key. No process remembers them: what is asked for again comes from the database. */
export const keyedEmbeddings: KeyedWork<Embeddings> = {
  find: () => null,
  ended: async (embeddings) => ({ state: 'SUCCEEDED', write: () => writeEmbeddings(embeddings) }),
  revive: readEmbeddings,
};

interface KeptEmbeddings extends Omit<Embeddings, 'vectors'> {
  /** Base64 of 32-bit floats. */
  readonly vectors: readonly string[];
}

function writeEmbeddings(embeddings: Embeddings): string | null {
  const kept: KeptEmbeddings = { ...embeddings, vectors: embeddings.vectors.map(toBase64) };
  return writeKept(kept);
}

function readEmbeddings(text: string): Embeddings | null {
  // Nobody else can have sealed it, and its version says that the form is ours.
  const kept = readKept(text) as KeptEmbeddings | null;
  return kept === null ? null : { ...kept, vectors: kept.vectors.map(fromBase64) };
}

function toBase64({ buffer, byteOffset, byteLength }: Float32Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

function fromBase64(text: string): Float32Array {
  // Copied: a buffer from the pool may begin where no float may.
  return new Float32Array(new Uint8Array(Buffer.from(text, 'base64')).buffer);
}
