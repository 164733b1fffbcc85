import { GatewayError } from '../../domain/errors.ts';
import type { CompletionId } from '../../domain/id.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { ModelKind, Offer } from '../../domain/model.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AttemptCounter } from './attemptCounter.ts';
import type { SandboxId } from './catalog.ts';
import { sandboxListing } from './catalog.ts';
import type { Fault } from './faults.ts';
import { faultError, faults } from './faults.ts';
import type { SandboxOptions } from './options.ts';
import { readOptions } from './options.ts';
import { waitForAbort } from './wait.ts';

/** What one sandbox works with. */
export interface Sandbox {
  readonly id: SandboxId;
  readonly clock: Clock;
  readonly attempts: AttemptCounter;
}

interface Call {
  readonly id: CompletionId;
  readonly offer: Offer;
  readonly providerOptions: JsonObject;
}

/** An attempt that was taken: how it is to go. */
export interface Attempt {
  readonly options: SandboxOptions;
  /** The fault that strikes it on the way; null: none, or none any more. */
  readonly fault: Fault | null;
  readonly firstTokenMs: number;
}

/** Takes an attempt, or throws the error that its options, its model or its fault demand; under `silence` it waits to be left. */
export async function takeAttempt(sandbox: Sandbox, call: Call, how: { kind: ModelKind; signal: AbortSignal }): Promise<Attempt> {
  how.signal.throwIfAborted();
  const options = readOptions(call.providerOptions);
  checkModel(call.offer, how.kind);
  const fault = faultOf(sandbox, call.id, options);
  if (fault?.kind === 'refuse') throw faultError(fault, options.delayMs);
  if (fault?.kind === 'silence') return waitForAbort(how.signal);
  return { options, fault, firstTokenMs: fault?.kind === 'slow' ? options.delayMs : options.firstTokenMs };
}

function faultOf(sandbox: Sandbox, id: CompletionId, options: SandboxOptions): Fault | null {
  if (options.fault === null) return null;
  if (options.offer !== null && options.offer !== sandbox.id) return null;
  if (options.times !== null && sandbox.attempts.count(id) > options.times) return null;
  return faults[options.fault];
}

function checkModel({ providerModel }: Offer, kind: ModelKind): void {
  if (sandboxListing.some((listed) => listed.providerModel === providerModel && listed.kind === kind)) return;
  throw new GatewayError('UPSTREAM_REFUSED', `The sandbox has no ${kind === 'CHAT' ? 'chat' : 'embedding'} model of this name.`);
}
