import { isJsonObject } from '../../domain/json.ts';
import type { ListedModel } from '../../ports/provider.ts';
import type { Peer } from '../wire/failure.ts';
import { malformed } from '../wire/failure.ts';
import { readObject, readWord } from '../wire/json.ts';

/** The models of `GET /models`, which says nothing but their names. Throws UPSTREAM_MALFORMED where the answer is no listing. */
export function readListing(body: unknown, peer: Peer): readonly ListedModel[] {
  const rows = readObject(body)?.['data'];
  if (!Array.isArray(rows)) throw malformed(peer, 'sent something that is not a list of models');
  return rows.filter(isJsonObject).flatMap((row) => {
    const providerModel = readWord(row['id']);
    return providerModel === null ? [] : [{ providerModel, kind: null, contextWindow: null, maxOutputTokens: null }];
  });
}
