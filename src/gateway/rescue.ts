import type { OnReroute } from '../domain/completion.ts';
import { GatewayError } from '../domain/errors.ts';
import type { AttemptEnd } from './attempt.ts';
import { runAttempt, unaskedEnd } from './attempt.ts';
import type { ReadyAttempt } from './attemptOrder.ts';
import { settleAttempt } from './attemptSettlement.ts';
import type { CallPlan, CallTask } from './callTask.ts';
import type { Fold } from './fold.ts';
import { wholeDelta } from './fold.ts';
import type { Route } from './router.ts';
import { checkSchema } from './schemaCheck.ts';
import type { Splice } from './splice.ts';
import { createSplice } from './splice.ts';

/** The answer that the reader has, and who gave it. */
export interface TaskResult {
  readonly route: Route;
  readonly end: AttemptEnd;
}

/** One attempt on the way: what is tried, and what the reader has of those before; null: nothing. */
interface Step {
  readonly ready: ReadyAttempt;
  readonly told: TaskResult | null;
}

/**
 * Tries offer after offer until one answers or nothing helps. Whatever broke off is asked for again whole, so the last answer is always all of one
 * piece; how it joins the text that the reader has already is the splice's matter.
 */
export async function runAttempts(task: CallTask): Promise<TaskResult> {
  task.events.started(task.plan.first.route);
  let step: Step = { ready: task.plan.first, told: null };
  for (;;) {
    const taken = await takeStep(task, step);
    if ('end' in taken) return taken;
    step = taken;
  }
}

/** The end of the call, or what is tried next. */
async function takeStep(task: CallTask, { ready, told }: Step): Promise<Step | TaskResult> {
  const splice = told === null ? null : createSplice(told.end.fold.text, onRerouteOf(task.plan));
  const end = await tryOffer(task, ready, { splice, reason: told?.end.error ?? null });
  const { error } = end;
  const result: TaskResult = { route: ready.route, end };
  if (error === null) return result;
  if (told !== null && end.diverged === true) return failedWith(told, notContinued(told.end.error));
  const now = hasSpoken(end, splice) ? result : told;
  const next = await nextAttempt(task, { ready, told: now }, error);
  if (next === null) return failedWith(now ?? result, error);
  if (now !== null || next.route !== ready.route) task.events.rerouted(next.route, error.code, now?.end.fold.text.length ?? 0);
  return { ready: next, told: now };
}

async function nextAttempt({ plan, deadline, signal }: CallTask, { ready, told }: Step, error: GatewayError): Promise<ReadyAttempt | null> {
  return signal.aborted || !mayGoOn(plan, told) ? null : plan.order.next(ready, error, { deadline, signal });
}

/** Whether what the reader has is this attempt's. */
function hasSpoken({ fold }: AttemptEnd, splice: Splice | null): boolean {
  return splice === null ? wholeDelta(fold, 0) !== null : splice.joined;
}

function failedWith({ route, end }: TaskResult, error: GatewayError): TaskResult {
  return { route, end: { ...end, error } };
}

interface Continuation {
  readonly splice: Splice | null;
  /** Why the answer before broke off. */
  readonly reason: GatewayError | null;
}

async function tryOffer({ parts, plan, events, deadline, signal }: CallTask, ready: ReadyAttempt, { splice, reason }: Continuation) {
  const { route, reading } = ready;
  const provider = plan.snapshot.providers.get(route.offer.provider);
  const { maxOutputTokens } = reading;
  // The call may have been cancelled while this attempt was written down.
  const end =
    provider === undefined || signal.aborted
      ? unaskedEnd(signal)
      : await runAttempt({
          ...plan,
          route,
          adapter: provider.adapter,
          maxOutputTokens,
          deadline,
          signal,
          clock: parts.clock,
          emit: events.delta,
          splice,
          replace: (keepTextLength) => events.rerouted(route, reason?.code ?? 'INTERNAL', keepTextLength),
        });
  const checked = checkSchema(plan.request.prompt.outputFormat, end);
  settleAttempt(parts, ready, checked);
  return checked;
}

/** Nobody reads along with a call that is not streamed: it begins anew. */
function onRerouteOf({ streamed, request }: CallPlan): OnReroute {
  return streamed ? request.onReroute : 'REPLACE';
}

/** Whether what the reader has can be continued, where it must stand. */
function mayGoOn(plan: CallPlan, told: TaskResult | null): boolean {
  return told === null || onRerouteOf(plan) === 'REPLACE' || isContinuable(told.end.fold);
}

/** Text can be: another answer may repeat it. Tool calls, pictures and refusals come differently each time, and what is whole has no continuation. */
function isContinuable({ finishReason, toolCalls, refusal, media }: Fold): boolean {
  return finishReason === null && toolCalls.size === 0 && refusal === '' && media.length === 0;
}

function notContinued(error: GatewayError | null): GatewayError {
  const { code, retryAfterMs, details } = error ?? new GatewayError('UPSTREAM_MALFORMED', 'The answer broke off.');
  const sentence =
    'The answer broke off, and another one does not continue the text already sent: with onReroute: REPLACE it would have been replaced.';
  return new GatewayError(code, sentence, { cause: error, details, ...(retryAfterMs === null ? {} : { retryAfterMs }) });
}
