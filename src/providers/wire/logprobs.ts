import type { TokenLogprob } from '../../domain/providerEvent.ts';
import { readList, readNumber, readObject, readText } from './json.ts';

/** Tokens as OpenAI reports them, and others after it: `{ token, logprob, top_logprobs }`. A probability of nothing is null in JSON: such a token is left out. */
export function readLogprobs(value: unknown): readonly TokenLogprob[] {
  return readList(value).flatMap((entry) => {
    const chosen = readToken(entry);
    if (chosen === null) return [];
    return [{ ...chosen, top: readList(readObject(entry)?.['top_logprobs']).flatMap((other) => readToken(other) ?? []) }];
  });
}

function readToken(value: unknown): { readonly token: string; readonly logprob: number } | null {
  const token = readText(readObject(value)?.['token']);
  const logprob = readNumber(readObject(value)?.['logprob']);
  return token === null || logprob === null ? null : { token, logprob };
}
