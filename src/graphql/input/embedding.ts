import type { EmbeddingRequest } from '../../domain/embedding.ts';
import type { RequestDefaults } from '../../gateway/gateway.ts';
import type { EmbeddingsInput } from '../generated/schemaTypes.ts';
import { invalid, readList, readNumber, readObject, readText } from './check.ts';
import { toTags } from './completion.ts';
import type { CallOptions } from './route.ts';
import { toMaxCost, toRoutePreferences, toTimeouts } from './route.ts';

const mostInputs = 2048;

/** Throws INVALID_REQUEST, naming the path of what does not hold. */
export function toEmbeddingRequest(input: EmbeddingsInput, options: CallOptions, defaults: RequestDefaults): EmbeddingRequest {
  const inputs = readList(input.inputs, 'input.inputs', { least: 1, most: mostInputs });
  const empty = inputs.indexOf('');
  if (empty !== -1) throw invalid(`input.inputs[${empty}]`, 'must not be empty.');
  return {
    model: input.model,
    inputs,
    dimensions: readNumber(input.dimensions, 'input.dimensions', { least: 1, most: 65_536 }),
    route: toRoutePreferences(options.route),
    timeouts: toTimeouts(options.timeout, defaults.timeouts),
    maxCost: toMaxCost(options.maxCost),
    tags: toTags(input.tags),
    endUser: readText(input.endUser, 'input.endUser', 256),
    idempotencyKey: readText(input.idempotencyKey, 'input.idempotencyKey', 255),
    providerOptions: readObject(input.providerOptions, 'input.providerOptions'),
  };
}
