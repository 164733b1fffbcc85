import { describe, expect, it } from 'vitest';
import { readUser } from '../../src/identity/claims.ts';
import type { IssuerSettings } from '../../src/ports/issuer.ts';

const settings: IssuerSettings = {
  issuer: 'https://login.example.com',
  audiences: ['modelgraph'],
  jwksUrl: null,
  algorithms: ['ES256'],
  organization: 'Acme',
  team: 'Search',
  userClaim: 'sub',
  userPrefix: '',
  nameClaim: 'name',
  scopes: { claim: null, values: {}, always: [] },
};
const read = (changes: Partial<IssuerSettings>, claims: Readonly<Record<string, unknown>>) =>
  readUser({ ...settings, ...changes }, { sub: 'alice', ...claims });

describe('the claims of a token', () => {
  it('place its user by a claim, also one inside others and one whose name has dots', () => {
    const organization = { claim: 'resource.tenant.name', values: null };
    const team = { claim: 'https://example.com/team', values: null };
    const claims = { resource: { tenant: { name: 'Acme' } }, 'https://example.com/team': 'Search' };
    expect(read({ organization, team }, claims)).toMatchObject({ organization: 'Acme', team: 'Search' });
  });

  it('are taken through the operator’s table: of several groups the first that is in it', () => {
    const team = { claim: 'groups', values: { 'ml-search': 'Search', 'ml-ads': 'Ads' } };
    expect(read({ team }, { groups: ['everybody', 'ml-ads', 'ml-search'] }).team).toBe('Ads');
    expect(() => read({ team }, { groups: ['everybody'] })).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
  });

  it.each([undefined, null, '', 7.5, {}, [], [{}], 'a\u0000b', 'x'.repeat(201)])('place nobody by %j', (tenant) => {
    const organization = { claim: 'tenant', values: null };
    expect(() => read({ organization }, { tenant })).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
  });

  it('find nothing in what every object has from its prototype', () => {
    const team = { claim: 'groups', values: { real: 'Search' } };
    expect(() => read({ team }, { groups: ['constructor', '__proto__', 'toString'] })).toThrow(
      expect.objectContaining({ code: 'FORBIDDEN' }),
    );
    const scopes = { claim: 'constructor.name', values: { Object: ['ADMIN'] as const }, always: [] };
    expect(read({ scopes }, {}).scopes).toEqual(new Set());
  });

  it('give the scopes of the table and those of all, and none by their own names', () => {
    const scopes = {
      claim: 'scope',
      values: { 'graph.use': ['COMPLETIONS_WRITE', 'MODELS_READ'] as const },
      always: ['USAGE_READ'] as const,
    };
    expect(read({ scopes }, { scope: 'openid graph.use ADMIN' }).scopes).toEqual(
      new Set(['USAGE_READ', 'COMPLETIONS_WRITE', 'MODELS_READ']),
    );
    expect(read({ scopes }, {}).scopes).toEqual(new Set(['USAGE_READ']));
  });

  it('give roles of a list, as Keycloak has them', () => {
    const scopes = { claim: 'realm_access.roles', values: { operator: ['ADMIN'] as const }, always: [] };
    expect(read({ scopes }, { realm_access: { roles: ['offline_access', 'operator'] } }).scopes).toEqual(new Set(['ADMIN']));
  });

  it('name the user by the claim that is chosen, and by a prefix apart from other issuers’', () => {
    expect(read({ userClaim: 'uid', userPrefix: 'corp:' }, { uid: 4711 })).toMatchObject({ userId: 'corp:4711', name: 'corp:4711' });
  });

  it('name the user for people without what cannot be shown', () => {
    expect(read({}, { name: ' Alice\u0007\n Example ' }).name).toBe('Alice   Example');
    expect(read({}, { name: '\u0000' }).name).toBe('alice');
    expect(read({}, { name: 'x'.repeat(300) }).name).toHaveLength(200);
  });
});
