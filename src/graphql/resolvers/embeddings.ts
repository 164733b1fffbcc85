import { embeddingField } from '../embed.ts';
import type { EmbeddingsResolvers, MutationResolvers, VectorEncoding } from '../generated/schemaTypes.ts';
import { toGlobalId } from '../globalId.ts';
import { responseKey } from '../rootField.ts';

const Mutation: Pick<MutationResolvers, 'createEmbeddings'> = {
  /** The first such field of the operation asks for all of them, because the others are only reached when it has been answered. */
  async createEmbeddings(_root, { input }, { calls, loaders }, { fieldNodes }) {
    await loaders.embeddings.loadMany(calls.filter(({ definition }) => definition.name === embeddingField).map(({ key }) => key));
    const [node] = fieldNodes;
    const embeddings = await loaders.embeddings.load(node === undefined ? embeddingField : responseKey(node));
    return { ...embeddings, encoding: input.encoding ?? 'FLOAT' };
  },
};

const Embeddings: EmbeddingsResolvers = {
  id: ({ id }) => toGlobalId('Embeddings', id),
  vectors: ({ vectors, encoding }) => vectors.map((vector) => encode(vector, encoding)),
};

function encode(vector: Float32Array, encoding: VectorEncoding): Float32Array | string {
  if (encoding === 'FLOAT') return vector;
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64');
}

export const embeddingsResolvers = { Mutation, Embeddings };
