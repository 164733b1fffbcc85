import { describe, expect, it } from 'vitest';
import type { AliasInForce, AliasVersion } from '../../src/domain/alias.ts';
import { toId } from '../../src/domain/id.ts';
import type { AliasService, NewAlias } from '../../src/gateway/aliasService.ts';
import { toGlobalId } from '../../src/graphql/globalId.ts';
import { fakeGateway } from '../support/fakeGateway.ts';
import { createGraphClient } from '../support/graphClient.ts';
import { organization, principalWith } from '../support/things.ts';

const rule = { name: 'fast', targets: [{ model: toId<never>('acme/chat'), weight: 95 }], sticky: 'USER', disabled: false } as const;
const alias: AliasInForce = {
  ...rule,
  id: toId('o1/fast'),
  organizationId: organization.id,
  source: 'ORGANIZATION',
  version: 2,
  publishedAt: 0,
};
const version: AliasVersion = {
  ...rule,
  id: alias.id,
  organizationId: organization.id,
  version: 1,
  note: 'a canary',
  restores: null,
  publishedAt: 0,
  publishedBy: { kind: 'API_KEY', id: 'k1', name: 'web' },
  supersededAt: 1000,
};

const client = (aliases: Partial<AliasService>) => createGraphClient(fakeGateway({ aliases }));

describe('an alias in the graph', () => {
  it('is published with what was not said at its defaults', async () => {
    const asked: NewAlias[] = [];
    const { ask } = client({
      async publish(_caller, input) {
        asked.push(input);
        return alias;
      },
    });
    const { data, errors } = await ask({
      source: 'mutation { publishAlias(input: { name: "fast", targets: [{ model: "acme/chat" }] }) { alias { id name version source } } }',
    });
    expect(errors).toBeUndefined();
    expect(data.publishAlias.alias).toEqual({ id: toGlobalId('Alias', alias.id), name: 'fast', version: 2, source: 'ORGANIZATION' });
    const targets = [{ model: 'acme/chat', weight: 1 }];
    expect(asked).toEqual([{ organizationId: null, name: 'fast', targets, sticky: 'USER', disabled: false, note: null }]);
  });

  it('tells its history, page by page', async () => {
    const pages: unknown[] = [];
    const { ask } = client({
      find: async () => alias,
      async history(_caller, _alias, page) {
        pages.push(page);
        return { items: [version], hasMore: true };
      },
    });
    const source = `query ($after: String) { alias(name: "fast") { history(first: 1, after: $after) {
      nodes { version note restores publishedAt supersededAt publishedBy { id kind name } targets { model weight } } pageInfo { endCursor hasNextPage }
    } } }`;
    const { data, errors } = await ask({ source });
    expect(errors).toBeUndefined();
    const { nodes, pageInfo } = data.alias.history;
    expect(nodes).toEqual([
      {
        version: 1,
        note: 'a canary',
        restores: null,
        publishedAt: '1970-01-01T00:00:00.000Z',
        supersededAt: '1970-01-01T00:00:01.000Z',
        publishedBy: { id: toGlobalId('ApiKey', toId('k1')), kind: 'API_KEY', name: 'web' },
        targets: [{ model: 'acme/chat', weight: 95 }],
      },
    ]);
    await ask({ source, variables: { after: pageInfo.endCursor } });
    expect(pages).toEqual([
      { first: 1, after: null },
      { first: 1, after: 1 },
    ]);
    const foreign = Buffer.from('after:fast').toString('base64url');
    expect((await ask({ source, variables: { after: foreign } })).errors).toMatchObject([{ extensions: { code: 'INVALID_REQUEST' } }]);
  });

  it('needs MODELS_MANAGE to be changed', async () => {
    const { ask } = client({});
    const principal = principalWith('MODELS_READ', 'KEYS_MANAGE');
    for (const source of [
      'mutation { publishAlias(input: { name: "fast", targets: [{ model: "acme/chat" }] }) { alias { id } } }',
      'mutation { rollBackAlias(input: { name: "fast", to: 1 }) { alias { id } } }',
      'mutation { deleteAlias(input: { name: "fast" }) { id } }',
    ])
      expect((await ask({ source, principal })).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  it('refuses a note without an end', async () => {
    const { ask } = client({ rollBack: async () => alias });
    const source = 'mutation ($note: String) { rollBackAlias(input: { name: "fast", to: 1, note: $note }) { alias { id } } }';
    expect((await ask({ source, variables: { note: 'a'.repeat(1001) } })).errors).toMatchObject([
      { message: 'input.note: must have 1 to 1000 characters.', extensions: { code: 'INVALID_REQUEST' } },
    ]);
  });
});
