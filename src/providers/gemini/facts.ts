import type { Citation } from '../../domain/citation.ts';
import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { TokenLogprob } from '../../domain/providerEvent.ts';
import { readList, readNumber, readObject, readText, readWord } from '../wire/json.ts';

const noSources: readonly Citation[] = [];

/** Where the words come from: what a search found, and what was cited. The places in the text are counted in bytes, which are not ours to give. */
export function readSources(candidate: JsonObject): readonly Citation[] {
  // Most pieces have neither.
  if (candidate['groundingMetadata'] === undefined && candidate['citationMetadata'] === undefined) return noSources;
  const found = readList(readObject(candidate['groundingMetadata'])?.['groundingChunks']).map((chunk) =>
    readObject(readObject(chunk)?.['web']),
  );
  const cited = readList(readObject(candidate['citationMetadata'])?.['citationSources']).filter(isJsonObject);
  return [...found, ...cited].flatMap((source) => {
    const url = readWord(source?.['uri']);
    return url === null ? [] : [{ url, title: readWord(source?.['title']), quote: null, start: null, end: null }];
  });
}

/** https://ai.google.dev/api/generate-content#LogprobsResult */
export function readLogprobs(value: unknown): readonly TokenLogprob[] {
  const result = readObject(value);
  const tops = readList(result?.['topCandidates']);
  return readList(result?.['chosenCandidates']).flatMap((entry, place) => {
    const chosen = readToken(entry);
    const top = readList(readObject(tops[place])?.['candidates']).flatMap((other) => readToken(other) ?? []);
    return chosen === null ? [] : [{ ...chosen, top }];
  });
}

function readToken(value: unknown): { readonly token: string; readonly logprob: number } | null {
  const token = readText(readObject(value)?.['token']);
  const logprob = readNumber(readObject(value)?.['logProbability']);
  return token === null || logprob === null ? null : { token, logprob };
}
