import type { Completion as DomainCompletion, CompletionError as DomainCompletionError } from '../../domain/completion.ts';
import { GatewayError, toGatewayError } from '../../domain/errors.ts';
import type { CompletionId } from '../../domain/id.ts';
import { toId } from '../../domain/id.ts';
import { readPage, toConnection } from '../connection.ts';
import type { GraphContext } from '../context.ts';
import { admissionOf, callerOf } from '../context.ts';
import { toClientDetails } from '../errorDetails.ts';
import { toErrorShape } from '../errorShape.ts';
import type {
  AlternativeResolvers,
  AttemptResolvers,
  CompletionErrorResolvers,
  CompletionInput,
  CompletionResolvers,
  MutationResolvers,
  QueryResolvers,
  TimingResolvers,
} from '../generated/schemaTypes.ts';
import { readGlobalId, toGlobalId } from '../globalId.ts';
import { readList, readText } from '../input/check.ts';
import type { CompletionPlace } from '../input/completion.ts';
import { toCompletionRequest } from '../input/completion.ts';
import { toUsageFilter } from '../input/usage.ts';
import { toGraphMessage } from '../message.ts';
import { callPlace, inputPath, keyOf } from '../rootField.ts';
import { untilAnswered } from '../untilAnswered.ts';

const mostInputs = 32;

const Query: Pick<QueryResolvers, 'completion' | 'completions'> = {
  completion: (_root, { id }, { loaders }) => loaders.completion.load(readGlobalId('Completion', id, 'id')),
  async completions(_root, args, context) {
    const { first, after } = readPage(args);
    const page = { first, after: after === null ? null : toId<CompletionId>(after) };
    const found = await context.gateway.completions.list(callerOf(context), toUsageFilter(args.filter), page);
    return toConnection(found, after, ({ id }) => id);
  },
};

const Mutation: Pick<MutationResolvers, 'createCompletion' | 'createCompletions' | 'cancelCompletion'> = {
  createCompletion: (_root, { input, ...options }, context, info) =>
    complete(input, { ...options, key: keyOf(info), path: 'input' }, context),

  async createCompletions(_root, { inputs, ...options }, context, info) {
    readList(inputs, 'inputs', { least: 1, most: mostInputs });
    const key = keyOf(info);
    return Promise.all(inputs.map((input, index) => completeOrFail(input, { ...options, key, path: inputPath(index) }, context)));
  },

  async cancelCompletion(_root, { input }, context) {
    const target =
      input.id === undefined
        ? { idempotencyKey: readText(input.idempotencyKey, 'input.idempotencyKey', 255) ?? '' }
        : { id: readGlobalId('Completion', input.id, 'input.id') };
    const { id, state } = await context.gateway.completions.cancel(callerOf(context), target);
    return { id: toGlobalId('Completion', id), state };
  },
};

interface Place extends Omit<CompletionPlace, 'defaults'> {
  /** The field's name in the answer. */
  readonly key: string;
}

async function complete(input: CompletionInput, place: Place, context: GraphContext): Promise<DomainCompletion> {
  const request = toCompletionRequest(input, { ...place, defaults: context.gateway.defaults });
  if (context.signal.aborted) throw new GatewayError('CANCELLED', 'The caller left before the call began.');
  const options = { streamed: false, admission: admissionOf(context), place: callPlace(place.key, place.path) };
  return untilAnswered(await context.gateway.completions.start(callerOf(context), request, options), context.signal);
}

/** One of several calls: its failure is its result, and not the others'. */
async function completeOrFail(input: CompletionInput, place: Place, context: GraphContext) {
  try {
    return { __typename: 'Completion' as const, ...(await complete(input, place, context)) };
  } catch (thrown) {
    return { __typename: 'CompletionFailure' as const, error: toFailure(thrown, context) };
  }
}

function toFailure(thrown: unknown, { log, requestId }: GraphContext): DomainCompletionError {
  const error = toGatewayError(thrown);
  if (error.code === 'INTERNAL') log.error('A call of several failed.', { requestId, error: error.cause });
  return toErrorShape(error);
}

const Completion: CompletionResolvers = {
  id: ({ id }) => toGlobalId('Completion', id),
  message: ({ message }) => (message === null ? null : toGraphMessage(message)),
};

const Alternative: AlternativeResolvers = { message: ({ message }) => toGraphMessage(message) };

const CompletionError: CompletionErrorResolvers = { details: ({ details }) => toClientDetails(details) };

/** Clocks have fractions of a millisecond, answers have none. */
const Timing: TimingResolvers = {
  firstTokenMs: ({ firstTokenMs }) => (firstTokenMs === null ? null : Math.round(firstTokenMs)),
  durationMs: ({ durationMs }) => Math.round(durationMs),
};
const Attempt: AttemptResolvers = {
  firstTokenMs: ({ firstTokenMs }) => (firstTokenMs === null ? null : Math.round(firstTokenMs)),
  durationMs: ({ durationMs }) => Math.round(durationMs),
};

export const completionResolvers = { Query, Mutation, Completion, Alternative, CompletionError, Timing, Attempt };
