import type { Alert as DomainAlert } from '../../domain/alert.ts';
import type { AlertId } from '../../domain/id.ts';
import { toId } from '../../domain/id.ts';
import type { EventCursor } from '../../gateway/cursor.ts';
import { writeAmount } from '../amount.ts';
import { readPage, toConnection } from '../connection.ts';
import type { GraphContext } from '../context.ts';
import { callerOf } from '../context.ts';
import { freshCursor } from '../freshCursor.ts';
import type { AlertResolvers, QueryResolvers, SubscriptionAlertsArgs } from '../generated/schemaTypes.ts';
import { toGlobalId } from '../globalId.ts';
import { toAlertFilter } from '../input/alert.ts';

const Query: Pick<QueryResolvers, 'alerts'> = {
  async alerts(_root, args, context) {
    const { first, after } = readPage(args);
    const page = { first, after: after === null ? null : toId<AlertId>(after) };
    const listed = await context.gateway.alerts.alerts(callerOf(context), toAlertFilter(args.filter), page);
    return toConnection(listed, after, ({ id }) => id);
  },
};

const Subscription = {
  alerts: {
    /** An event is its own answer. */
    resolve: (alert: DomainAlert) => alert,
    async subscribe(_root: unknown, { filter }: SubscriptionAlertsArgs, context: GraphContext): Promise<EventCursor<DomainAlert>> {
      return freshCursor(await context.gateway.alerts.subscribe(callerOf(context), toAlertFilter(filter)), context);
    },
  },
};

const Alert: AlertResolvers = {
  id: ({ id }) => toGlobalId('Alert', id),
  organizationId: ({ budget }) => toGlobalId('Organization', budget.organizationId),
  budget: ({ budget }, _args, { loaders }) => loaders.budget.load(budget.id),
  meter: ({ budget }) => budget.meter,
  used: ({ budget, used }) => writeAmount(budget.meter, used),
  limit: ({ budget, limit }) => writeAmount(budget.meter, limit),
  startedAt: ({ period }) => (period.end === null ? null : period.start),
  resetsAt: ({ period }) => period.end,
  deliveries: ({ id }, _args, { loaders }) => loaders.deliveries.load(id),
};

export const alertResolvers = { Query, Subscription, Alert };
