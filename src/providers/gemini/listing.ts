import { isJsonObject } from '../../domain/json.ts';
import type { ListedModel } from '../../ports/provider.ts';
import type { Peer } from '../wire/failure.ts';
import { malformed } from '../wire/failure.ts';
import { readCount, readList, readObject, readWord } from '../wire/json.ts';

/** The models of either address: https://ai.google.dev/api/models, and Vertex's publisher models. Throws UPSTREAM_MALFORMED where the answer is no listing. */
export function readListing(body: unknown, peer: Peer): readonly ListedModel[] {
  const rows = readObject(body)?.['models'] ?? readObject(body)?.['publisherModels'];
  if (!Array.isArray(rows)) throw malformed(peer, 'sent something that is not a list of models');
  return rows.filter(isJsonObject).flatMap((row) => {
    const name = readWord(row['name']);
    const methods = readList(row['supportedGenerationMethods']);
    if (name === null) return [];
    return [
      {
        // `models/gemini-…`, `publishers/google/models/gemini-…`
        providerModel: name.slice(name.lastIndexOf('/') + 1),
        kind: kindOf(methods),
        contextWindow: readCount(row['inputTokenLimit']),
        maxOutputTokens: readCount(row['outputTokenLimit']),
      },
    ];
  });
}

function kindOf(methods: readonly unknown[]): ListedModel['kind'] {
  if (methods.includes('generateContent')) return 'CHAT';
  return methods.includes('embedContent') || methods.includes('batchEmbedContents') ? 'EMBEDDING' : null;
}
