import type { TokenUsage } from '../../domain/usage.ts';
import { noUsage } from '../../domain/usage.ts';
import { readCount, readObject } from '../wire/json.ts';

/** Billed is `billed_units`, not `tokens`, which count the provider's own templates, nor `cached_tokens`, which are among those: https://docs.cohere.com/docs/how-does-cohere-pricing-work */
export function readUsage(value: unknown): TokenUsage | null {
  const units = readObject(readObject(value)?.['billed_units']);
  if (units === null) return null;
  return {
    ...noUsage,
    inputTokens: readCount(units['input_tokens']),
    outputTokens: readCount(units['output_tokens']),
  };
}
