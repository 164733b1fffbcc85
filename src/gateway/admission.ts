import type { Budget, Meter } from '../domain/budget.ts';
import { GatewayError } from '../domain/errors.ts';
import type { BudgetBook } from './budgetBook.ts';
import type { Capacity } from './capacity.ts';
import type { Admission, CallAdmission, Caller, CallSubject, OperationAdmission } from './gateway.ts';
import type { Hold, QuotaPool } from './quota.ts';

export interface AdmissionParts {
  readonly book: BudgetBook;
  readonly pool: QuotaPool;
  readonly capacity: Capacity;
  /** The slug an asked name stands for, so that a model's limit covers its aliases. */
  readonly resolve: (name: string) => string;
}

const perCall: ReadonlySet<Meter> = new Set<Meter>(['REQUESTS', 'PARALLEL']);

/** Room for whole operations: requests and places in flight, once a call. Tokens and money are held once an attempt, by the account. */
export function createAdmission(parts: AdmissionParts): Admission {
  return {
    async admit(caller, calls) {
      const { capacity } = parts;
      capacity.acquire(calls.length);
      const admitted: CallAdmission[] = [];
      try {
        for (const subject of calls) admitted.push(await admitCall(parts, caller, subject));
      } catch (error) {
        for (const call of admitted) call[Symbol.dispose]();
        capacity.release(calls.length - admitted.length);
        throw error;
      }
      return createOperationAdmission(admitted);
    },
  };
}

async function admitCall({ book, pool, capacity, resolve }: AdmissionParts, caller: Caller, subject: CallSubject): Promise<CallAdmission> {
  const { organizationId, teamId, userId, apiKeyId } = caller.principal;
  const budgets = await book.covering({ organizationId, teamId, userId, apiKeyId, model: resolve(subject.model), tags: subject.tags });
  const claims = budgets.filter(({ meter }: Budget) => perCall.has(meter)).map((budget) => ({ budget, amount: 1n }));
  return createCallAdmission(subject, await pool.hold(claims), capacity);
}

function createCallAdmission(subject: CallSubject, hold: Hold, capacity: Capacity): CallAdmission {
  let disposed = false;
  return {
    subject,
    holds: hold.draws,
    settle: () => hold.settle({ REQUESTS: 1n }),
    [Symbol.dispose]() {
      if (disposed) return;
      disposed = true;
      hold.settle({});
      capacity.release(1);
    },
  };
}

function createOperationAdmission(calls: readonly CallAdmission[]): OperationAdmission {
  const left = [...calls];
  return {
    take(subject) {
      const index = left.findIndex((call) => call.subject === subject || isAlike(call.subject, subject));
      const [call] = index < 0 ? [] : left.splice(index, 1);
      if (call === undefined) throw new GatewayError('INTERNAL', 'A call was started that its operation was not admitted for.');
      return call;
    },
    [Symbol.dispose]() {
      for (const call of left.splice(0)) call[Symbol.dispose]();
    },
  };
}

function isAlike(left: CallSubject, right: CallSubject): boolean {
  if (left.model !== right.model || left.tags.length !== right.tags.length) return false;
  return left.tags.every((tag, index) => tag.name === right.tags[index]?.name && tag.value === right.tags[index]?.value);
}
