import { describe, expect, it } from 'vitest';
import { configOf, problemsOf } from './configFile.ts';

const acme = { issuer: 'https://login.example.com', audience: 'modelgraph', organization: 'Acme' };
const textOf = (...issuers: readonly object[]) => JSON.stringify({ identity: { issuers } });

describe('an issuer of tokens', () => {
  it('is trusted with little that is not said', () => {
    expect(configOf(textOf(acme)).issuers).toEqual([
      {
        issuer: 'https://login.example.com',
        audiences: ['modelgraph'],
        jwksUrl: null,
        algorithms: ['RS256', 'ES256', 'EdDSA'],
        organization: 'Acme',
        team: 'default',
        userClaim: 'sub',
        userPrefix: '',
        nameClaim: 'name',
        scopes: { claim: null, values: {}, always: [] },
      },
    ]);
    expect(configOf(null).issuers).toEqual([]);
  });

  it('is mapped as the file says', () => {
    const team = { claim: 'groups', values: { search: 'Search' } };
    const scopes = { claim: 'roles', values: { boss: ['ADMIN'] } };
    const [one] = configOf(textOf({ ...acme, audience: ['a', 'b'], organization: { claim: 'tenant' }, team, scopes })).issuers;
    expect(one).toMatchObject({
      audiences: ['a', 'b'],
      organization: { claim: 'tenant', values: null },
      team,
      scopes: { claim: 'roles', values: { boss: ['ADMIN'] }, always: [] },
    });
  });

  it.each<[string, string, object]>([
    ['algorithms[0]', 'a shared secret', { algorithms: ['HS256'] }],
    ['algorithms[0]', 'no signature', { algorithms: ['none'] }],
    ['algorithms', 'no algorithm', { algorithms: [] }],
    ['jwksUrl', 'keys over plain http', { jwksUrl: 'http://login.example.com/keys' }],
    ['issuer', 'a name that is no address, and no address of keys', { issuer: 'login.example.com' }],
    ['issuer', 'an address over plain http, and no address of keys', { issuer: 'http://login.example.com' }],
    ['audience', 'no audience', { audience: [] }],
    ['organization', 'no organization', { organization: undefined }],
    ['organization.claims', 'a misspelt rule', { organization: { claim: 'x', claims: 'x' } }],
    ['scopes.always[0]', 'ADMIN for all', { scopes: { always: ['ADMIN'] } }],
    ['scopes.values.boss[0]', 'a scope that is not there', { scopes: { claim: 'roles', values: { boss: ['EVERYTHING'] } } }],
  ])('has a problem at %s with %s', (path, _case, changes) => {
    expect(problemsOf(textOf({ ...acme, ...changes })).map((problem) => problem.path)).toEqual([`identity.issuers[0].${path}`]);
  });

  it('may be on this machine, without https', () => {
    for (const host of ['127.0.0.1:8080', 'localhost', '[::1]:1'])
      expect(problemsOf(textOf({ ...acme, issuer: `http://${host}` }))).toEqual([]);
  });

  it('is there once', () => {
    expect(problemsOf(textOf(acme, { ...acme, audience: 'other' })).map(({ path, reason }) => [path, reason])).toEqual([
      ['identity.issuers[1].issuer', 'is there a second time.'],
    ]);
  });
});
