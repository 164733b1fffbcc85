import { describe, expect, it } from 'vitest';
import { toId } from '../../src/domain/id.ts';
import { readGlobalId, splitGlobalId, toGlobalId } from '../../src/graphql/globalId.ts';
import { fakeGateway } from '../support/fakeGateway.ts';
import { createGraphClient, executors } from '../support/graphClient.ts';
import { apiKey, budget, completion, model, organization, principalWith, provider, team } from '../support/things.ts';

function house(settings: { readonly jit: boolean }) {
  const asked: (readonly string[])[] = [];
  const gateway = fakeGateway({
    completions: { find: async (_caller, ids) => ids.map(() => completion) },
    models: { find: (_caller, slug) => (slug === model.slug ? model : null), provider: () => provider },
    administration: {
      async findTeams(_caller, ids) {
        asked.push(ids);
        return ids.map((id) => (id === team.id ? team : null));
      },
      findOrganizations: async (_caller, ids) => ids.map(() => organization),
      findApiKeys: async (_caller, ids) => ids.map(() => apiKey),
      findBudgets: async (_caller, ids) => ids.map(() => budget),
    },
  });
  return { asked, ...createGraphClient(gateway, settings) };
}

const all = [
  ['ApiKey', toGlobalId('ApiKey', apiKey.id)],
  ['Budget', toGlobalId('Budget', budget.id)],
  ['Completion', toGlobalId('Completion', completion.id)],
  ['Model', toGlobalId('Model', model.slug)],
  ['Organization', toGlobalId('Organization', organization.id)],
  ['Provider', toGlobalId('Provider', provider.id)],
  ['Team', toGlobalId('Team', team.id)],
] as const;
const source = 'query ($id: ID!) { node(id: $id) { __typename id ... on Team { name organization { name } } } }';

describe.each(executors)('a node, $jit', (settings) => {
  it.each(all)('that is a %s is found by its id', async (typename, id) => {
    const { ask } = house(settings);
    for (let use = 0; use < 2; use++) {
      const { data, errors } = await ask({ source, variables: { id } });
      expect(errors).toBeUndefined();
      expect(data.node).toMatchObject({ __typename: typename, id });
    }
  });

  it.each([
    ['not there', toGlobalId('Team', toId('t9'))],
    ['unknown', toGlobalId('Model', toId('no/such'))],
  ])('that is %s is null', async (_what, id) => {
    expect(await house(settings).ask({ source, variables: { id } })).toEqual({ data: { node: null } });
  });

  it.each(['nonsense', toGlobalId('User', toId('u1')), ''])('of the id "%s" is refused', async (id) => {
    const { errors } = await house(settings).ask({ source, variables: { id } });
    expect(errors).toMatchObject([{ message: 'id: this is not an id of the graph.', extensions: { code: 'INVALID_REQUEST' } }]);
  });

  it('needs the scope that its own query needs', async () => {
    const { errors } = await house(settings).ask({
      source,
      variables: { id: toGlobalId('Team', team.id) },
      principal: principalWith('MODELS_READ'),
    });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', scopes: ['KEYS_MANAGE'] } }]);
  });

  it('is looked up together with others', async () => {
    const { ask, asked } = house(settings);
    const ids = ['t1', 't2', 't1'].map((id) => toGlobalId('Team', toId(id)));
    const { data } = await ask({ source: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', variables: { ids } });
    expect(data.nodes).toEqual([{ id: ids[0] }, null, { id: ids[0] }]);
    expect(asked).toEqual([['t1', 't2']]);
  });
});

describe('an id', () => {
  it('says nothing of its parts in the open, and keeps colons and slashes', () => {
    const id = toGlobalId('Model', toId('vendor/name:variant'));
    expect(id).toMatch(/^[\w-]+$/);
    expect(splitGlobalId(id)).toEqual({ type: 'Model', id: 'vendor/name:variant' });
  });

  it('of another type is refused by name', () => {
    expect(() => readGlobalId('ApiKey', toGlobalId('Team', team.id), 'input.id')).toThrow('input.id: this is not the id of an ApiKey.');
    expect(() => readGlobalId('Team', 't1', 'teamId')).toThrow('teamId: this is not the id of a Team.');
    expect(() => readGlobalId('User', toGlobalId('User', toId('a\u0000b')), 'userId')).toThrow('userId: this is not the id of a User.');
  });
});
