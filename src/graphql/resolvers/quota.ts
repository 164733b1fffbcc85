import type { Quota as DomainQuota } from '../../domain/budget.ts';
import type { EventCursor } from '../../gateway/cursor.ts';
import type { GraphContext } from '../context.ts';
import { callerOf } from '../context.ts';
import { freshCursor } from '../freshCursor.ts';

const Subscription = {
  quotaChanged: {
    /** An event is its own answer. */
    resolve: (quota: DomainQuota) => quota,
    async subscribe(_root: unknown, _args: unknown, context: GraphContext): Promise<EventCursor<DomainQuota>> {
      return freshCursor(await context.gateway.quotas.watch(callerOf(context)), context);
    },
  },
};

export const quotaResolvers = { Subscription };
