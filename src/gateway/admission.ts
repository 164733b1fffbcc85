import type { Budget, Meter } from '../domain/budget.ts';
import { GatewayError } from '../domain/errors.ts';
import type { Principal } from '../domain/principal.ts';
import type { BudgetBook } from './budgetBook.ts';
import type { Admission, CallAdmission, CallSubject, OperationAdmission } from './callAdmission.ts';
import { callUser, checkCallUsers, namesUsers } from './callUser.ts';
import type { Capacity } from './capacity.ts';
import type { Claim } from './lease.ts';
import type { PricedCall } from './limitedCall.ts';
import { isAliasName, slugOf } from './modelName.ts';
import type { NamedUsers } from './namedUser.ts';
import type { OfferSources } from './offerQuestion.ts';
import { priceCalls } from './pricedCall.ts';
import type { Hold } from './quota.ts';
import type { RepetitionParts } from './repetition.ts';
import { holdOrRepeat } from './repetition.ts';

export interface AdmissionParts extends OfferSources, RepetitionParts {
  readonly book: BudgetBook;
  readonly capacity: Capacity;
  readonly named: NamedUsers;
}

const perCall: ReadonlySet<Meter> = new Set<Meter>(['REQUESTS', 'PARALLEL']);

/**
 * Room for whole operations: requests and places in flight, once a call, and what their cost limits leave. Tokens and money of budgets are
 * held once an attempt, by the account.
 */
export function createAdmission(parts: AdmissionParts): Admission {
  return {
    async admit(caller, calls) {
      const { capacity } = parts;
      capacity.acquire(calls.length);
      try {
        if (calls.some(({ model }) => isAliasName(model))) await parts.aliases.ready();
        if (namesUsers(caller.principal)) await checkCallUsers(parts.named, caller.principal, calls);
        const drawn = calls.map((call) => ({ ...call, draw: parts.draw() }));
        const prices = calls.some(({ cost }) => cost !== null)
          ? priceCalls(
              parts,
              caller.principal,
              drawn.map(({ cost, draw }) => cost && { ...cost, draw }),
            )
          : [];
        // A call that its field's limit refuses is not made, and draws nothing.
        const claims = await Promise.all(
          drawn.map((call, index) => (prices[index] instanceof Error ? [] : claimsOf(parts, caller.principal, call))),
        );
        const claiming = drawn.map((call, index) => ({ call, claims: claims[index] ?? [] }));
        const holds = await holdOrRepeat(parts, caller.principal, claiming);
        return createOperationAdmission(
          holds.map(({ hold, refusal }, index) => ({
            place: drawn[index]?.place ?? '',
            price: prices[index] ?? null,
            refusal,
            admission: createCallAdmission({ hold, price: prices[index] ?? null, draw: drawn[index]?.draw ?? 0, capacity }),
          })),
        );
      } catch (error) {
        capacity.release(calls.length);
        throw error;
      }
    },
  };
}

type DrawnSubject = CallSubject & Pick<CallAdmission, 'draw'>;

/** A model's limit covers its aliases, for the calls that fall on it. */
async function claimsOf(parts: AdmissionParts, principal: Principal, call: DrawnSubject): Promise<readonly Claim[]> {
  const { organizationId, teamId, apiKeyId } = principal;
  const { tags, draw, endUser = null } = call;
  const userId = callUser(principal, endUser);
  const model = slugOf(parts, { principal, endUser, draw }, call.model);
  const budgets = await parts.book.covering({ organizationId, teamId, userId, apiKeyId, model, tags });
  const { limits } = principal;
  return (limits.length === 0 ? budgets : [...budgets, ...limits])
    .filter(({ meter }: Budget) => perCall.has(meter))
    .map((budget) => ({ budget, amount: 1n }));
}

type Price = PricedCall | Error | null;

interface AdmittedHold {
  readonly hold: Hold;
  readonly price: Price;
  readonly draw: number;
  readonly capacity: Capacity;
}

function createCallAdmission({ hold, price, draw, capacity }: AdmittedHold): CallAdmission {
  const priced = price instanceof Error ? null : price;
  let disposed = false;
  return {
    priced,
    holds: hold.draws,
    draw,
    settle: () => hold.settle({ REQUESTS: 1n }),
    [Symbol.dispose]() {
      if (disposed) return;
      disposed = true;
      hold.settle({});
      priced?.spending?.release();
      capacity.release(1);
    },
  };
}

interface AdmittedCall {
  readonly place: string;
  readonly price: Price;
  /** Why it may not be made, only repeated. */
  readonly refusal: GatewayError | null;
  readonly admission: CallAdmission;
}

function createOperationAdmission(calls: readonly AdmittedCall[]): OperationAdmission {
  const left = new Map(calls.map((call) => [call.place, call]));
  return {
    take(place) {
      const call = left.get(place);
      if (call === undefined) throw new GatewayError('INTERNAL', 'A call was started that its operation was not admitted for.');
      if (call.price instanceof Error) throw call.price;
      if (call.refusal !== null) throw call.refusal;
      left.delete(place);
      return call.admission;
    },
    isLimited: (place) => (left.get(place)?.price ?? null) !== null,
    [Symbol.dispose]() {
      for (const { admission } of left.values()) admission[Symbol.dispose]();
      left.clear();
    },
  };
}
