import type { Completion, CompletionRequest } from '../domain/completion.ts';
import type { ErrorCode } from '../domain/errors.ts';
import type { CompletionId } from '../domain/id.ts';
import type { CallLog } from './callLog.ts';
import type { FoldedDelta } from './fold.ts';
import type { Route } from './router.ts';

/** Says in the log what happens to a call: started, deltas, at most one ending. Numbers the events and knows what was said. */
export interface CallEvents {
  started(route: Route): void;
  delta(delta: FoldedDelta): void;
  /** An offer takes over; so much of the text that was said stands. */
  rerouted(route: Route, reason: ErrorCode, keepTextLength: number): void;
  ended(completion: Completion): void;
}

export function createCallEvents(completionId: CompletionId, { model: requestedModel }: CompletionRequest, log: CallLog): CallEvents {
  let sentLength = 0;
  const place = () => ({ completionId, sequence: log.length + 1 });
  return {
    started({ model, offer }) {
      log.append({ __typename: 'CompletionStarted', ...place(), requestedModel, model, offer });
    },
    delta({ text, reasoning, refusal, toolCalls, media }) {
      const offset = sentLength;
      sentLength += text.length;
      // Written out: this runs for every read of every stream.
      log.append({
        __typename: 'CompletionDelta',
        completionId,
        sequence: log.length + 1,
        offset,
        text,
        reasoning,
        refusal,
        toolCalls,
        ...(media === undefined ? {} : { media }),
      });
    },
    rerouted({ offer }, reason, keepTextLength) {
      sentLength = keepTextLength;
      log.append({ __typename: 'CompletionRerouted', ...place(), keepTextLength, offer, reason });
    },
    ended(completion) {
      const { error } = completion;
      if (error === null) log.append({ __typename: 'CompletionFinished', ...place(), completion });
      else log.append({ __typename: 'CompletionFailed', ...place(), completion, error });
    },
  };
}
