import type { ApiKeyId, BudgetId, CompletionId, OrganizationId, ProviderId, TeamId } from '../../domain/id.ts';
import { toId } from '../../domain/id.ts';
import type { Scope } from '../../domain/principal.ts';
import type { GraphContext } from '../context.ts';
import { callerOf } from '../context.ts';
import { authorize } from '../directives/auth.ts';
import type { QueryResolvers, ResolversInterfaceTypes, ResolversTypes } from '../generated/schemaTypes.ts';
import { splitGlobalId } from '../globalId.ts';
import { invalid, readList } from '../input/check.ts';

type Node = ResolversInterfaceTypes<ResolversTypes>['Node'] & { readonly __typename: string };

/** What is found by its id, and the scope that its own query needs. */
interface NodeType {
  readonly scope: Scope;
  find(id: string, context: GraphContext): Promise<Node | null>;
}

const nodeTypes: ReadonlyMap<string, NodeType> = new Map(
  Object.entries({
    ApiKey: { scope: 'KEYS_MANAGE', find: async (id, { loaders }) => named('ApiKey', await loaders.apiKey.load(toId<ApiKeyId>(id))) },
    Budget: { scope: 'KEYS_MANAGE', find: async (id, { loaders }) => named('Budget', await loaders.budget.load(toId<BudgetId>(id))) },
    Completion: {
      scope: 'USAGE_READ',
      find: async (id, { loaders }) => named('Completion', await loaders.completion.load(toId<CompletionId>(id))),
    },
    Model: { scope: 'MODELS_READ', find: async (slug, context) => named('Model', context.gateway.models.find(callerOf(context), slug)) },
    Organization: {
      scope: 'KEYS_MANAGE',
      find: async (id, { loaders }) => named('Organization', await loaders.organization.load(toId<OrganizationId>(id))),
    },
    Provider: { scope: 'MODELS_READ', find: async (id, { gateway }) => named('Provider', gateway.models.provider(toId<ProviderId>(id))) },
    Team: { scope: 'KEYS_MANAGE', find: async (id, { loaders }) => named('Team', await loaders.team.load(toId<TeamId>(id))) },
  } satisfies Record<string, NodeType>),
);

function named<Item extends object, Name extends string>(typename: Name, item: Item | null) {
  return item === null ? null : { __typename: typename, ...item };
}

async function findNode(id: string, path: string, context: GraphContext): Promise<Node | null> {
  const parts = splitGlobalId(id);
  const type = parts === null ? undefined : nodeTypes.get(parts.type);
  if (parts === null || type === undefined) throw invalid(path, 'this is not an id of the graph.');
  authorize(context.caller, [type.scope]);
  return type.find(parts.id, context);
}

const Query: Pick<QueryResolvers, 'node' | 'nodes'> = {
  node: (_root, { id }, context) => findNode(id, 'id', context),
  nodes: async (_root, { ids }, context) =>
    Promise.all(readList(ids, 'ids', { most: 100 }).map((id, index) => findNode(id, `ids[${index}]`, context))),
};

export const nodeResolvers = { Query };
