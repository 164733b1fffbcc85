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
  /** Another offer is tried; nothing had been said. */
  rerouted(route: Route, reason: ErrorCode): void;
  ended(completion: Completion): void;
  /** Something of the answer has been sent: from here on no offer may take over silently. */
  readonly spoken: boolean;
}

export function createCallEvents(completionId: CompletionId, { model: requestedModel }: CompletionRequest, log: CallLog): CallEvents {
  let sentLength = 0;
  let spoken = false;
  const place = () => ({ completionId, sequence: log.length + 1 });
  return {
    started({ model, offer }) {
      log.append({ __typename: 'CompletionStarted', ...place(), requestedModel, model, offer });
    },
    delta({ text, reasoning, refusal, toolCalls }) {
      const offset = sentLength;
      sentLength += text.length;
      spoken = true;
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
      });
    },
    rerouted({ offer }, reason) {
      log.append({ __typename: 'CompletionRerouted', ...place(), keepTextLength: sentLength, offer, reason });
    },
    ended(completion) {
      const { error } = completion;
      if (error === null) log.append({ __typename: 'CompletionFinished', ...place(), completion });
      else log.append({ __typename: 'CompletionFailed', ...place(), completion, error });
    },
    get spoken() {
      return spoken;
    },
  };
}
