import { GatewayError } from '../domain/errors.ts';
import type { Nanodollars } from '../domain/money.ts';
import { writeUsd } from '../domain/money.ts';
import type { CostLimit } from './allowance.ts';

const sentences: Record<CostLimit['on'], string> = {
  OPERATION: 'The calls of the operation together could cost more than its maxCost; lower maxOutputTokens or raise maxCost.',
  FIELD: 'The calls of the field together could cost more than its maxCost; lower maxOutputTokens or raise maxCost.',
  CALL: "The call could cost more than it may; lower maxOutputTokens, or raise the limit where it is the call's own and not its key's.",
};

const unpriced = 'No offer has a known price, so that what the call may cost cannot be limited; ask without a limit, or for another model.';

/** `worst`: the least that the calls under the limit could be bound to, in US dollars; null: a price is not known. */
export function costLimit({ most, on }: CostLimit, worst: Nanodollars | null): GatewayError {
  return new GatewayError('COST_LIMIT', worst === null ? unpriced : sentences[on], {
    details: {
      limit: writeUsd(most),
      worst: worst === null ? null : writeUsd(worst),
      reason: worst === null ? 'UNPRICED' : 'EXCEEDED',
    },
  });
}
