import type { ApiKeyId, TeamId, UserId } from '../../domain/id.ts';
import { toId } from '../../domain/id.ts';
import type { UsageTotals as DomainUsageTotals } from '../../domain/usageReport.ts';
import { callerOf } from '../context.ts';
import type {
  Operation,
  Outcome,
  QueryResolvers,
  UsageKeyResolvers,
  UsagePointResolvers,
  UsageRowResolvers,
  UsageTotalsResolvers,
} from '../generated/schemaTypes.ts';
import { toGlobalId } from '../globalId.ts';
import { toUsageQuestion } from '../input/usage.ts';

const Query: Pick<QueryResolvers, 'usage'> = {
  usage: (_root, args, context) => context.gateway.usage.report(callerOf(context), toUsageQuestion(args)),
};

const UsageRow: UsageRowResolvers = { key: (row) => row };

const operations: readonly Operation[] = ['COMPLETION', 'EMBEDDING'];
const outcomes: readonly Outcome[] = ['SUCCEEDED', 'FAILED', 'CANCELLED', 'UNKNOWN'];

/** The dimensions of a row, each under its own field; ids in the graph's form. */
const UsageKey: UsageKeyResolvers = {
  model: ({ key }) => key.MODEL ?? null,
  provider: ({ key }) => key.PROVIDER ?? null,
  apiKey: ({ key }) => (typeof key.API_KEY === 'string' ? toGlobalId('ApiKey', toId<ApiKeyId>(key.API_KEY)) : null),
  team: ({ key }) => (typeof key.TEAM === 'string' ? toGlobalId('Team', toId<TeamId>(key.TEAM)) : null),
  user: ({ key }) => (typeof key.USER === 'string' ? toGlobalId('User', toId<UserId>(key.USER)) : null),
  operation: ({ key }) => operations.find((name) => name === key.OPERATION) ?? null,
  outcome: ({ key }) => outcomes.find((name) => name === key.OUTCOME) ?? null,
  simulated: ({ key }) => (typeof key.SIMULATED === 'string' ? key.SIMULATED === 'true' : null),
};

function tokens({ inputTokens, cachedInputTokens, outputTokens, reasoningTokens }: DomainUsageTotals) {
  return { input: inputTokens, cachedInput: cachedInputTokens, output: outputTokens, reasoning: reasoningTokens };
}

const UsageTotals: UsageTotalsResolvers = { tokens };
const UsagePoint: UsagePointResolvers = { tokens };

export const usageResolvers = { Query, UsageRow, UsageKey, UsageTotals, UsagePoint };
