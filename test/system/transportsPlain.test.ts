import { expect, test } from 'vitest';
import { GatewayError } from '../../src/domain/errors.ts';
import { adminHeader, openWorld } from '../server/serverWorld.ts';

interface Sent {
  readonly title: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly key?: boolean;
}

const create = 'mutation Create($name: String!) { createOrganization(input: { name: $name }) { organization { name } } }';

const operations: readonly Sent[] = [
  { title: 'a query', body: { query: '{ __typename }' } },
  { title: 'a query by name', body: { query: 'query A { __typename } query B { b: __typename }', operationName: 'B' } },
  { title: 'nobody who asks', body: { query: '{ viewer { scopes } }' }, key: false },
  { title: 'a syntax error', body: { query: '{ ' } },
  { title: 'a field that is none', body: { query: '{ nothing }' } },
  { title: 'a wrong variable', body: { query: create, variables: { name: 1 } } },
  { title: 'a missing variable', body: { query: create } },
  { title: 'an operation that is none', body: { query: '{ __typename }', operationName: 'Other' } },
  { title: 'an error of ours', body: { query: create, variables: { name: 'taken' } } },
  { title: 'an error that nobody foresaw', body: { query: create, variables: { name: 'broken' } } },
  { title: 'a subscription', body: { query: 'subscription { resumeCompletion(id: "a", after: 0) { __typename } }' } },
];

const accepts = [
  undefined,
  '*/*',
  'application/json',
  'application/graphql-response+json',
  'application/graphql-response+json, application/json',
];

const administration = {
  async createOrganization(_caller: unknown, name: string): Promise<never> {
    if (name === 'broken') throw new Error('a secret of the inside');
    throw new GatewayError('CONFLICT', 'There is an organization of this name.', { retryAfterMs: 1500, details: { name } });
  },
};

async function ask(url: string, { body, key = true }: Sent, accept: string | undefined) {
  const headers = {
    'content-type': 'application/json',
    ...(accept === undefined ? {} : { accept }),
    ...(key ? { authorization: adminHeader } : {}),
  };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  const text = await answer.text();
  const kept = [...answer.headers].filter(([name]) => !['date', 'x-request-id', 'content-length'].includes(name));
  return { status: answer.status, headers: Object.fromEntries(kept), body: text.replaceAll(/"request-\d+"/g, '"request"') };
}

for (const sent of operations) {
  test(`${sent.title} is answered alike with Apollo Server and without`, async () => {
    await using world = await openWorld({ services: { administration } });
    for (const accept of accepts) {
      const plain = await ask(world.url, sent, accept);
      // Whatever has extensions is Apollo Server's.
      const byApollo = await ask(world.url, { ...sent, body: { ...sent.body, extensions: {} } }, accept);
      expect(plain).toEqual(byApollo);
      expect(plain.body).not.toContain('a secret of the inside');
    }
  });
}
