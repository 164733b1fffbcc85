import type { Completion, CompletionState } from '../domain/completion.ts';
import { deprecationWarning } from '../domain/deprecation.ts';
import { GatewayError, toGatewayError } from '../domain/errors.ts';
import { watchReaders } from './abandonment.ts';
import { bookedPart, runningCompletion, toCompletionError, writtenPart } from './answer.ts';
import { failedEnd } from './attempt.ts';
import { createCallEvents } from './callEvents.ts';
import type { CallLog } from './callLog.ts';
import { createCallLog } from './callLog.ts';
import { summaryOf } from './callSummary.ts';
import type { CallParts, CallPlan, CallTask } from './callTask.ts';
import { finalError } from './fallback.ts';
import type { RunningCompletion } from './gateway.ts';
import type { TaskResult } from './rescue.ts';
import { runAttempts } from './rescue.ts';

/** A call under way: a task of its own, whoever reads along. */
export interface Call extends RunningCompletion {
  readonly log: CallLog;
  readonly state: CompletionState;
  /** The answer; while it runs, all that is known of it but the text. */
  peek(): Completion;
  /** Ends the call with this error, unless it has ended; the provider hears of it at once. */
  cancel(error: GatewayError): void;
  /** Resolves, when the call has ended and is booked, to what is kept of it: the same, without what only a running call needs. Never rejects. */
  readonly ended: Promise<Call>;
}

/** Starts the task: it pumps provider after provider into the log and closes the account, however it ends. */
export function startCall(parts: CallParts, plan: CallPlan): Call {
  const { clock } = parts;
  const { id, request, account } = plan;
  const abort = new AbortController();
  let completion: Completion | null = null;

  const cancel = (error: GatewayError) => {
    if (completion === null && !abort.signal.aborted) abort.abort(error);
  };
  const readers = watchReaders({
    onDisconnect: request.onDisconnect,
    clock,
    readers: () => log.readers,
    cancel: () => cancel(abandoned()),
  });
  const log = createCallLog((leaving) => readers.readerLeft(leaving));
  const events = createCallEvents(id, request, log);
  const task: CallTask = { parts, plan, events, deadline: clock.monotonic() + request.timeouts.totalMs, signal: abort.signal };

  const ended = runTask(task).then((answer) => {
    completion = answer;
    readers[Symbol.dispose]();
    events.ended(answer);
    return keepCall(log, answer);
  });
  return {
    id,
    log,
    cancel,
    ended,
    get answer() {
      return ended.then((kept) => kept.answer);
    },
    subscribe: (after) => log.subscribe(after),
    get state() {
      return completion?.state ?? 'RUNNING';
    },
    peek: () => completion ?? runningCompletion(plan, account.attempts),
  };
}

/** A call that has ended. It holds on to its events and its answer, not to its prompt. */
export function keepCall(log: CallLog, completion: Completion): Call {
  const kept: Call = {
    id: completion.id,
    log,
    cancel: () => {},
    get ended() {
      return Promise.resolve(kept);
    },
    get answer() {
      return answerOf(completion);
    },
    subscribe: (after) => log.subscribe(after),
    state: completion.state,
    peek: () => completion,
  };
  return kept;
}

/** Never rejects: what breaks inside is booked and answered as a failure, what cannot be booked as unknown. */
async function runTask(task: CallTask): Promise<Completion> {
  const { parts, plan } = task;
  const result = await runAttempts(task).catch((error: unknown) => {
    parts.log.error('A call broke inside the gateway.', { completionId: plan.id, error });
    return { route: plan.first.route, end: failedEnd(toGatewayError(error)) };
  });
  return book(task, result).catch((error: unknown) => {
    parts.log.error('The end of a call could not be booked.', { completionId: plan.id, error });
    return unbooked(task, result);
  });
}

/** Closes the account; the terminal event may leave only after the ledger has the call. */
async function book({ parts, plan, signal }: CallTask, { route, end }: TaskResult): Promise<Completion> {
  const { account, ranking } = plan;
  const { fold } = end;
  const error = end.error === null ? null : finalError(signal.aborted ? toGatewayError(signal.reason) : end.error, account.attempts);
  const warning = deprecationWarning(route.model, parts.clock.now());
  if (warning !== null) fold.warnings.push(warning);
  const event = await account.end(summaryOf(plan, fold, error));
  parts.log.debug('A completion has ended.', { completionId: plan.id, outcome: event.outcome, code: event.errorCode });
  return {
    ...bookedPart(event),
    ...writtenPart(fold),
    model: route.model,
    offer: route.offer,
    routing: ranking.considered,
    error: error === null ? null : toCompletionError(error),
  };
}

/** Nothing says how the call ended: what is in the ledger charges it whole, so asking again would pay twice. */
function unbooked({ parts, plan }: CallTask, { end }: TaskResult): Completion {
  const { startedAt, account } = plan;
  const error = new GatewayError('OUTCOME_UNKNOWN', 'The call has ended, and its end could not be written down.');
  return {
    ...runningCompletion(plan, account.attempts),
    ...writtenPart(end.fold),
    state: 'UNKNOWN',
    timing: { startedAt, firstTokenMs: end.firstTokenMs, durationMs: Math.max(0, parts.clock.now() - startedAt) },
    error: toCompletionError(error),
  };
}

async function answerOf(completion: Completion): Promise<Completion> {
  const { error, id } = completion;
  if (error === null) return completion;
  const retry = error.retryAfterMs === null ? {} : { retryAfterMs: error.retryAfterMs };
  throw new GatewayError(error.code, error.message, { ...retry, details: { ...error.details, completionId: id } });
}

function abandoned(): GatewayError {
  return new GatewayError('CANCELLED', 'The completion was cancelled because nobody was reading it.');
}
