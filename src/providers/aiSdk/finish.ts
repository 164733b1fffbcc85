import { GatewayError } from '../../domain/errors.ts';
import type { FinishReason } from '../../domain/providerEvent.ts';
import type { Peer } from '../wire/failure.ts';
import { malformed } from '../wire/failure.ts';
import { readObject, readWord } from '../wire/json.ts';
import { asName } from '../wire/verdict.ts';

const reasons: Readonly<Record<string, FinishReason>> = {
  stop: 'STOP',
  length: 'LENGTH',
  'tool-calls': 'TOOL_CALLS',
  'content-filter': 'CONTENT_FILTER',
  other: 'OTHER',
};

/** A package says `other`, without its provider's word, or `unknown`, where the provider's stream broke off: version 2 has no words of providers. */
const unsaid = new Set(['interrupted', 'unknown']);

export interface Finish {
  readonly reason: FinishReason;
  readonly providerReason: string | null;
}

/** Throws UPSTREAM_MALFORMED where the answer is not whole, UPSTREAM_UNAVAILABLE where the provider failed in it. */
export function readFinish(value: unknown, peer: Peer): Finish {
  const unified = typeof value === 'string' ? value : (readWord(readObject(value)?.['unified']) ?? 'unknown');
  const raw = readWord(readObject(value)?.['raw']);
  // Some packages pass a provider's own word for it by.
  if (unified === 'error' || raw === 'error') {
    const cause = `The provider's finish reason: ${asName(raw) ?? 'error'}`;
    throw new GatewayError('UPSTREAM_UNAVAILABLE', `${peer.name} failed in the middle of its answer.`, {
      cause,
      details: { provider: peer.id },
    });
  }
  if (unsaid.has(unified) || (unified === 'other' && raw === null && typeof value !== 'string')) {
    throw malformed(peer, 'ended its answer without saying why it stopped, so the answer is not whole');
  }
  if (raw === 'refusal') return { reason: 'REFUSAL', providerReason: raw };
  return { reason: reasons[unified] ?? 'OTHER', providerReason: raw ?? unified };
}
