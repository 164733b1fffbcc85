import { GatewayError } from '../domain/errors.ts';
import type { OperationAdmission } from '../gateway/callAdmission.ts';
import type { Caller, Gateway } from '../gateway/gateway.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Loaders } from './loaders.ts';
import type { RootField } from './rootField.ts';

/** What every resolver of one operation is handed. */
export interface GraphContext {
  readonly gateway: Gateway;
  readonly clock: Clock;
  readonly log: Log;
  readonly requestId: string;
  /** Null: nobody has said who asks; only `@public` fields answer. */
  readonly caller: Caller | null;
  readonly loaders: Loaders;
  /** The fields that make calls, in the operation's order; set by `admission`, before execution. */
  calls: readonly RootField[];
  /** Set by `admission`, before execution, where the operation has calls. */
  admission: OperationAdmission | null;
  /** Aborted when the client of an HTTP request has gone. */
  readonly signal: AbortSignal;
}

export function callerOf(context: GraphContext): Caller {
  if (context.caller === null) throw new GatewayError('UNAUTHENTICATED', 'Say who asks: `Authorization: Bearer mg_live_…`.');
  return context.caller;
}

export function admissionOf(context: GraphContext): OperationAdmission {
  if (context.admission === null) throw new GatewayError('INTERNAL', 'The operation was not admitted.');
  return context.admission;
}
