import type { CompletionRequest } from '../../src/domain/completion.ts';
import type { CostLimit } from '../../src/gateway/allowance.ts';
import type { CallSubject } from '../../src/gateway/callAdmission.ts';

export const operation = (most: bigint): CostLimit => ({ most, on: 'OPERATION' });
export const field = (most: bigint): CostLimit => ({ most, on: 'FIELD' });

/** A call and the limits that it shares. */
export type LimitedChanges = Partial<CompletionRequest> & { readonly limits: readonly CostLimit[] };

export function subjectOf(request: CompletionRequest, place: string, limits: readonly CostLimit[]): CallSubject {
  const { model, tags } = request;
  return { place, model, tags, cost: limits.length === 0 ? null : { limits, request: { operation: 'COMPLETION', request } } };
}
