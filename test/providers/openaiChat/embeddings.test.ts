import { describe, expect, it } from 'vitest';
import { toId } from '../../../src/domain/id.ts';
import { readEmbeddings, toEmbeddingRequest } from '../../../src/providers/openaiChat/embeddings.ts';
import { readListing } from '../../../src/providers/openaiChat/listing.ts';
import { quirksOf } from '../../../src/providers/openaiChat/quirks.ts';
import { offerOf, settingsOf } from '../../support/providerCall.ts';
import { jsonFixture } from './fixtures.ts';

const peer = { id: toId<never>('upstream'), name: 'Upstream' };
const base64 = (...numbers: readonly number[]) => Buffer.from(Float32Array.from(numbers).buffer).toString('base64');

describe('embeddings', () => {
  it('are the same from base64 and from numbers', () => {
    const fromBase64 = readEmbeddings(jsonFixture('embeddings.base64.json'), 2, peer);
    const fromNumbers = readEmbeddings(jsonFixture('embeddings.float.json'), 2, peer);
    expect(fromBase64.vectors.map(({ length }) => length)).toEqual([384, 384]);
    expect(fromBase64.vectors).toEqual(fromNumbers.vectors);
    expect(fromBase64.usage).toMatchObject({ inputTokens: 6, outputTokens: 0, basis: 'MEASURED' });
  });

  it('come in the order of their inputs', () => {
    const data = [
      { index: 1, embedding: [2] },
      { index: 0, embedding: base64(1) },
    ];
    expect(readEmbeddings({ data }, 2, peer).vectors).toEqual([Float32Array.of(1), Float32Array.of(2)]);
  });

  it.each([
    ['too few', [{ index: 0, embedding: [1] }]],
    [
      'one twice',
      [
        { index: 0, embedding: [1] },
        { index: 0, embedding: [1] },
      ],
    ],
    ['an empty one', [{ embedding: [1] }, { embedding: [] }]],
    ['words', [{ embedding: [1] }, { embedding: ['x'] }]],
    ['half a number', [{ embedding: [1] }, { embedding: 'AAA=' }]],
    ['no list', null],
  ])('are malformed with %s', (_name, data) => {
    expect(() => readEmbeddings({ data }, 2, peer)).toThrow(expect.objectContaining({ code: 'UPSTREAM_MALFORMED' }));
  });

  it("are asked for in the provider's encoding and words", () => {
    const call = { id: toId<never>('x'), offer: offerOf('m'), inputs: ['a'], dimensions: 8, endUser: null, providerOptions: {} };
    const body = (kin: string) => toEmbeddingRequest(call, quirksOf({ id: toId('x'), kin }), settingsOf());
    expect(body('openai')).toEqual({ model: 'm', input: ['a'], dimensions: 8, encoding_format: 'base64' });
    expect(body('mistral')).toEqual({ model: 'm', input: ['a'], output_dimension: 8, encoding_format: 'float' });
  });
});

describe('a listing', () => {
  it('tells of a model what the provider tells', () => {
    const llama = { providerModel: 'stories260k', kind: null, contextWindow: 512, maxOutputTokens: null };
    expect(readListing(jsonFixture('models.json'), peer)).toEqual([llama]);
    const rows = [
      { id: 'a', max_model_len: 10 },
      { id: 'b', context_length: 20, top_provider: { max_completion_tokens: 5 } },
      { id: 'c', type: 'embedding' },
      {},
    ];
    expect(readListing({ data: rows }, peer)).toEqual([
      { providerModel: 'a', kind: null, contextWindow: 10, maxOutputTokens: null },
      { providerModel: 'b', kind: null, contextWindow: 20, maxOutputTokens: 5 },
      { providerModel: 'c', kind: 'EMBEDDING', contextWindow: null, maxOutputTokens: null },
    ]);
  });

  it.each([null, {}, 'x', { data: {} }])('is malformed as %j', (body) => {
    expect(() => readListing(body, peer)).toThrow(expect.objectContaining({ code: 'UPSTREAM_MALFORMED' }));
  });
});
