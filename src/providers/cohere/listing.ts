import { isJsonObject } from '../../domain/json.ts';
import type { ListedModel } from '../../ports/provider.ts';
import type { Peer } from '../wire/failure.ts';
import { malformed } from '../wire/failure.ts';
import { readCount, readList, readObject, readWord } from '../wire/json.ts';

/** The models of `GET /v1/models` (https://docs.cohere.com/reference/list-models) that chat or embed. Throws UPSTREAM_MALFORMED where the answer is no listing. */
export function readListing(body: unknown, peer: Peer): readonly ListedModel[] {
  const rows = readObject(body)?.['models'];
  if (!Array.isArray(rows)) throw malformed(peer, 'sent something that is not a list of models');
  return rows.filter(isJsonObject).flatMap((row) => {
    const providerModel = readWord(row['name']);
    const kind = kindOf(readList(row['endpoints']));
    return providerModel === null || kind === null
      ? []
      : [{ providerModel, kind, contextWindow: readCount(row['context_length']), maxOutputTokens: null }];
  });
}

function kindOf(endpoints: readonly unknown[]): ListedModel['kind'] {
  if (endpoints.includes('chat')) return 'CHAT';
  return endpoints.includes('embed') ? 'EMBEDDING' : null;
}
