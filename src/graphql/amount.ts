import type { Meter } from '../domain/budget.ts';
import { writeUsd } from '../domain/money.ts';

/** An amount in the unit of its meter, as clients read it. */
export function writeAmount(meter: Meter, amount: bigint): string {
  return meter === 'SPEND' ? writeUsd(amount) : amount.toString();
}
