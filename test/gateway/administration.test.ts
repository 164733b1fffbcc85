import { describe, expect, it } from 'vitest';
import type { OrganizationId } from '../../src/domain/id.ts';
import { toId } from '../../src/domain/id.ts';
import type { Scope } from '../../src/domain/principal.ts';
import type { NewApiKey, NewBudget } from '../../src/gateway/administrationInput.ts';
import { house } from '../support/house.ts';
import { apiKey, organization, team } from '../support/things.ts';

const newKey: NewApiKey = {
  teamId: team.id,
  userId: null,
  name: ' web ',
  scopes: ['MODELS_READ'],
  allowedModels: null,
  allowedAddresses: null,
  labels: [],
  directives: null,
  expiresAt: null,
};
const newBudget: NewBudget = {
  organizationId: null,
  scope: { type: 'API_KEY', id: apiKey.id },
  meter: 'SPEND',
  window: 'MONTH',
  timeZone: 'UTC',
  limit: 50_000_000n,
  policy: 'STRICT',
  shadow: false,
};
const manager = (...more: readonly Scope[]) => ({ principal: { scopes: new Set<Scope>(['KEYS_MANAGE', 'MODELS_READ', ...more]) } });

/** A house beside which another organization lives. */
function twoOrganizations(settings: Parameters<typeof house>[0]) {
  const world = house(settings);
  world.store.rows.organizations.push({ ...organization, id: toId('o2') });
  world.store.rows.teams.push({ ...team, id: toId('t2'), organizationId: toId('o2') });
  world.store.rows.apiKeys.push({ ...apiKey, id: toId('k9'), organizationId: toId('o2') });
  return world;
}

describe('a new API key', () => {
  it('belongs to the organization of its team, and its secret is told once', async () => {
    const { gateway, caller, store } = house(manager());
    const { secret, apiKey: made } = await gateway.administration.createApiKey(caller, newKey);
    expect([secret, made.name, made.organizationId]).toEqual(['mg_new', 'web', 'o1']);
    expect(store.rows.hashes.get('hash of new')).toBe(made.id);
    expect(JSON.stringify(made)).not.toContain('mg_new');
  });

  it('is given no scope that its maker does not hold', async () => {
    const { gateway, caller } = house(manager());
    const made = gateway.administration.createApiKey(caller, { ...newKey, scopes: ['MODELS_READ', 'ADMIN'] });
    await expect(made).rejects.toMatchObject({ code: 'FORBIDDEN', details: { scopes: ['ADMIN'] } });
  });

  it('may ask for no model that its maker may not', async () => {
    const { gateway, caller } = house({ principal: { ...manager().principal, allowedModels: ['acme/chat'] } });
    const made = (allowedModels: readonly string[] | null) => gateway.administration.createApiKey(caller, { ...newKey, allowedModels });
    await expect(made(null)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(made(['acme/chat', 'sandbox/chat'])).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(made(['acme/chat'])).resolves.toMatchObject({ apiKey: { allowedModels: ['acme/chat'] } });
  });

  it.each<[string, Partial<NewApiKey>]>([
    ['no scope', { scopes: [] }],
    ['an empty name', { name: '  ' }],
    ['an end in the past', { expiresAt: 1 }],
  ])('with %s is INVALID_REQUEST', async (_case, changes) => {
    const { gateway, caller } = house(manager());
    await expect(gateway.administration.createApiKey(caller, { ...newKey, ...changes })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });
});

describe('what belongs to another organization', () => {
  it('is NOT_FOUND to whoever is no administrator', async () => {
    const { gateway, caller } = twoOrganizations(manager());
    const { administration } = gateway;
    const missing = { code: 'NOT_FOUND' };
    await expect(administration.createApiKey(caller, { ...newKey, teamId: toId('t2') })).rejects.toMatchObject(missing);
    await expect(administration.createTeam(caller, { organizationId: toId('o2'), name: 'x' })).rejects.toMatchObject(missing);
    await expect(administration.revokeApiKey(caller, toId('k9'))).rejects.toMatchObject(missing);
    for (const scope of [
      { type: 'ORGANIZATION', id: toId<never>('o2') },
      { type: 'TEAM', id: toId<never>('t2') },
      { type: 'API_KEY', id: toId<never>('k9') },
    ] as const) {
      await expect(administration.createBudget(caller, { ...newBudget, scope })).rejects.toMatchObject(missing);
    }
    expect(await administration.findApiKeys(caller, [toId('k9'), apiKey.id])).toMatchObject([null, { id: 'k1' }]);
  });

  it('is an administrator’s all the same', async () => {
    const { gateway, caller } = twoOrganizations({});
    expect(await gateway.administration.revokeApiKey(caller, toId('k9'))).toMatchObject({ id: 'k9', revokedAt: expect.any(Number) });
    const scope = { type: 'API_KEY', id: toId<never>('k9') } as const;
    expect(await gateway.administration.createBudget(caller, { ...newBudget, scope })).toMatchObject({ organizationId: 'o2' });
  });
});

describe('a new budget', () => {
  const model = { type: 'MODEL', slug: 'acme/chat' } as const;

  it('of a model is of the organization that an administrator names, and is found there', async () => {
    const { gateway, caller } = twoOrganizations({});
    const { administration } = gateway;
    const made = await administration.createBudget(caller, { ...newBudget, scope: model, organizationId: toId('o2') });
    expect(made).toMatchObject({ organizationId: 'o2', scope: model });
    expect(await administration.createBudget(caller, { ...newBudget, scope: model })).toMatchObject({ organizationId: 'o1' });
  });

  it('of another organization than its subject’s, or than its maker may see, is NOT_FOUND', async () => {
    const missing = { code: 'NOT_FOUND' };
    const admin = twoOrganizations({});
    const elsewhere = { ...newBudget, organizationId: toId<OrganizationId>('o2') };
    await expect(admin.gateway.administration.createBudget(admin.caller, elsewhere)).rejects.toMatchObject(missing);
    const { gateway, caller } = twoOrganizations(manager());
    await expect(gateway.administration.createBudget(caller, { ...elsewhere, scope: model })).rejects.toMatchObject(missing);
  });

  it.each<[string, Partial<NewBudget>]>([
    ['below nothing', { limit: -1n }],
    ['beyond what can be counted', { limit: 2n ** 63n }],
    ['in a time zone nobody knows', { timeZone: 'Mars/Olympus' }],
    ['of parallel calls by the day', { meter: 'PARALLEL', window: 'DAY' }],
  ])('%s is INVALID_REQUEST', async (_case, changes) => {
    const { gateway, caller } = house(manager());
    await expect(gateway.administration.createBudget(caller, { ...newBudget, ...changes })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
    });
  });
});

describe('disabling', () => {
  it('an organization or a team keeps the first time, and can be taken back; a name is kept that is not given', async () => {
    const { gateway, caller, clock } = twoOrganizations({});
    const { updateOrganization, updateTeam } = gateway.administration;
    const first = await updateOrganization(caller, toId('o2'), { disabled: true });
    expect(first).toMatchObject({ name: organization.name, disabledAt: clock.now() });
    await clock.advance(1000);
    expect(await updateOrganization(caller, toId('o2'), { disabled: true })).toEqual(first);
    expect(await updateOrganization(caller, toId('o2'), { disabled: false, name: ' Apex ' })).toMatchObject({
      name: 'Apex',
      disabledAt: null,
    });
    expect(await updateTeam(caller, toId('t2'), { disabled: true })).toMatchObject({ name: team.name, disabledAt: clock.now() });
  });

  it('one’s own organization or team is a CONFLICT and changes nothing; letting them in is none', async () => {
    const { gateway, caller, store } = house({});
    const { updateOrganization, updateTeam } = gateway.administration;
    await expect(updateOrganization(caller, organization.id, { disabled: true })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(updateTeam(caller, team.id, { disabled: true, name: 'x' })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(store.rows).toMatchObject({ organizations: [organization], teams: [team], audit: [] });
    expect(await updateTeam(caller, team.id, { disabled: false })).toEqual(team);
  });
});

describe('revoking', () => {
  it('twice keeps the first time', async () => {
    const { gateway, caller, clock } = house(manager());
    const first = await gateway.administration.revokeApiKey(caller, apiKey.id);
    await clock.advance(1000);
    expect(await gateway.administration.revokeApiKey(caller, apiKey.id)).toEqual(first);
  });
});
