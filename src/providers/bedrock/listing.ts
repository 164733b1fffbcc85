import { isJsonObject } from '../../domain/json.ts';
import type { ListedModel } from '../../ports/provider.ts';
import type { Peer } from '../wire/failure.ts';
import { malformed } from '../wire/failure.ts';
import { readList, readObject, readWord } from '../wire/json.ts';

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListFoundationModels.html. Throws UPSTREAM_MALFORMED where the answer is no listing. */
export function readListing(body: unknown, peer: Peer): readonly ListedModel[] {
  const rows = readObject(body)?.['modelSummaries'];
  if (!Array.isArray(rows)) throw malformed(peer, 'sent something that is not a list of models');
  return rows.filter(isJsonObject).flatMap((row) => {
    const providerModel = readWord(row['modelId']);
    const kind = kindOf(readList(row['outputModalities']));
    // Others are asked for by an inference profile, which has a name of its own.
    const types = readList(row['inferenceTypesSupported']);
    if (types.length > 0 && !types.includes('ON_DEMAND')) return [];
    return providerModel === null || kind === null ? [] : [{ providerModel, kind, contextWindow: null, maxOutputTokens: null }];
  });
}

function kindOf(modalities: readonly unknown[]): ListedModel['kind'] {
  if (modalities.includes('TEXT')) return 'CHAT';
  return modalities.includes('EMBEDDING') ? 'EMBEDDING' : null;
}
