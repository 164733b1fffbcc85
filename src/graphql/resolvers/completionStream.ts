import type { CompletionEvent, OutputMedia } from '../../domain/completion.ts';
import type { EventCursor } from '../../gateway/cursor.ts';
import type { RunningCompletion } from '../../gateway/gateway.ts';
import type { GraphContext } from '../context.ts';
import { admissionOf, callerOf } from '../context.ts';
import type {
  CompletionDeltaResolvers,
  CompletionInput,
  SubscriptionCompletionStreamArgs,
  SubscriptionCompletionStreamsArgs,
  SubscriptionResumeCompletionArgs,
} from '../generated/schemaTypes.ts';
import { readGlobalId, toGlobalId } from '../globalId.ts';
import { readList, readNumber } from '../input/check.ts';
import type { CompletionPlace } from '../input/completion.ts';
import { toCompletionRequest } from '../input/completion.ts';
import { mergeCursors } from '../mergeCursors.ts';
import type { FieldPlace } from '../rootField.ts';
import { callPlace, inputPath, keyOf } from '../rootField.ts';

type Events = EventCursor<CompletionEvent>;

const mostInputs = 32;
/** An event is its own answer. */
const resolve = (event: CompletionEvent) => event;

const Subscription = {
  completionStream: {
    resolve,
    async subscribe(
      _root: unknown,
      { input, after, ...options }: SubscriptionCompletionStreamArgs,
      context: GraphContext,
      info: FieldPlace,
    ): Promise<Events> {
      const behind = readSequence(after);
      return (await start(input, { ...options, key: keyOf(info), path: 'input' }, context)).subscribe(behind);
    },
  },
  completionStreams: {
    resolve,
    async subscribe(
      _root: unknown,
      { inputs, ...options }: SubscriptionCompletionStreamsArgs,
      context: GraphContext,
      info: FieldPlace,
    ): Promise<Events> {
      readList(inputs, 'inputs', { least: 1, most: mostInputs });
      const key = keyOf(info);
      const starts = inputs.map((input, index) => start(input, { ...options, key, path: inputPath(index) }, context));
      return mergeCursors(await allOrNone(starts));
    },
  },
  resumeCompletion: {
    resolve,
    subscribe: (_root: unknown, { id, after }: SubscriptionResumeCompletionArgs, context: GraphContext): Promise<Events> =>
      context.gateway.completions.resume(callerOf(context), readGlobalId('Completion', id, 'id'), readSequence(after)),
  },
};

interface Place extends Omit<CompletionPlace, 'defaults'> {
  /** The field's name in the answer. */
  readonly key: string;
}

async function start(input: CompletionInput, place: Place, context: GraphContext): Promise<RunningCompletion> {
  const request = toCompletionRequest(input, { ...place, defaults: context.gateway.defaults });
  const options = { streamed: true, admission: admissionOf(context), place: callPlace(place.key, place.path) };
  return context.gateway.completions.start(callerOf(context), request, options);
}

/** When one call cannot be started, those that were are left at once. */
async function allOrNone(starts: readonly Promise<RunningCompletion>[]): Promise<readonly Events[]> {
  const outcomes = await Promise.allSettled(starts);
  const cursors = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value.subscribe(0)] : []));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed === undefined) return cursors;
  for (const cursor of cursors) cursor.close('LEFT');
  throw failed.reason;
}

function readSequence(after: number | null | undefined): number {
  return readNumber(after, 'after', { least: 0 }) ?? 0;
}

const event: Pick<CompletionDeltaResolvers, 'completionId'> = {
  completionId: ({ completionId }) => toGlobalId('Completion', completionId),
};

/** Nearly no delta brings any. */
const noMedia: readonly OutputMedia[] = [];
const delta: Pick<CompletionDeltaResolvers, 'completionId' | 'media'> = {
  ...event,
  media: (said) => ('media' in said ? said.media : undefined) ?? noMedia,
};

export const completionStreamResolvers = {
  Subscription,
  CompletionStarted: event,
  CompletionDelta: delta,
  CompletionRerouted: event,
  CompletionFinished: event,
  CompletionFailed: event,
};
