import type { Alert } from '../domain/alert.ts';
import { alertKinds } from '../domain/alert.ts';
import { toId } from '../domain/id.ts';
import { toBudget } from './budget.ts';
import type { Row } from './database.ts';
import { amount, number, numberOrNull, text, word } from './row.ts';

/** Of `alerts a join budgets b`: the budget's columns keep their names. */
export const alertColumns =
  'b.*, a.id as alert_id, a.kind, a.at, a.period_start, a.period_end, a.percent, a.used_amount, a.limit_amount as limit_then';

export function toAlert(row: Row): Alert {
  return {
    id: toId(text(row, 'alert_id')),
    kind: word(row, 'kind', alertKinds),
    at: number(row, 'at'),
    budget: toBudget(row),
    period: { start: number(row, 'period_start'), end: numberOrNull(row, 'period_end') },
    percent: numberOrNull(row, 'percent'),
    used: amount(row, 'used_amount'),
    limit: amount(row, 'limit_then'),
  };
}
