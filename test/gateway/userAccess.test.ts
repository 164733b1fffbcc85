import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../src/domain/errors.ts';
import { toId } from '../../src/domain/id.ts';
import type { Scope } from '../../src/domain/principal.ts';
import type { Caller } from '../../src/gateway/gateway.ts';
import type { VouchedUser } from '../../src/ports/issuer.ts';
import { whole } from '../support/fakeAdapter.ts';
import { alice, createFakeUserTokens } from '../support/fakeUserTokens.ts';
import { house, readAll } from '../support/house.ts';
import { organization, team } from '../support/things.ts';

const token = 'a.b.c';

/** A house whose issuer vouches for Alice. */
function userHouse(changes: Partial<VouchedUser> = {}) {
  const vouched = new Map<string, VouchedUser>([[token, { ...alice, ...changes }]]);
  return { ...house({ userTokens: createFakeUserTokens(vouched) }), vouched };
}

const unplaced = { code: 'FORBIDDEN', message: 'The token does not place its user in an organization and a team that are known here.' };
const disabled = { code: 'UNAUTHENTICATED', message: 'The user is disabled.' };

describe('a token of an issuer', () => {
  it('is a user of the organization and the team that it names, with the scopes it was given', async () => {
    const { gateway } = userHouse();
    expect(await gateway.access.authenticate(token)).toMatchObject({
      kind: 'USER',
      id: 'alice',
      holder: 'user:o1/alice',
      organizationId: 'o1',
      teamId: 't1',
      userId: 'alice',
      apiKeyId: null,
      name: 'Alice',
      scopes: new Set(['MODELS_READ', 'COMPLETIONS_WRITE', 'USAGE_READ']),
    });
  });

  it('may name organization and team by their ids', async () => {
    const { gateway } = userHouse({ organization: organization.id, team: team.id });
    expect(await gateway.access.authenticate(token)).toMatchObject({ organizationId: 'o1', teamId: 't1' });
  });

  it('makes its user at first sight, once, and the audit log says by which issuer and from where', async () => {
    const { gateway, store } = userHouse();
    await Promise.all([1, 2, 3].map(() => gateway.access.authenticate(token, '192.0.2.7')));
    expect(store.rows.users).toMatchObject([{ id: 'alice', organizationId: 'o1', name: 'Alice', disabledAt: null }]);
    expect(store.rows.audit).toMatchObject([
      {
        action: 'CREATE_USER',
        actor: { kind: 'SYSTEM', name: 'https://login.example.com' },
        address: '192.0.2.7',
        subject: { type: 'USER', id: 'alice' },
      },
    ]);
  });

  it('finds the user that another replica has made a moment before', async () => {
    const { gateway, store } = userHouse();
    const { promise, resolve } = Promise.withResolvers<void>();
    store.gate = promise;
    const asking = gateway.access.authenticate(token);
    store.rows.users.push({ id: alice.userId, organizationId: organization.id, name: 'Alice Example', createdAt: 0, disabledAt: null });
    resolve();
    expect(await asking).toMatchObject({ id: 'alice', name: 'Alice Example' });
    expect(store.rows.users).toHaveLength(1);
  });

  it('is looked up once a minute', async () => {
    const { gateway, store, clock } = userHouse();
    await gateway.access.authenticate(token);
    await gateway.access.authenticate(token);
    const before = store.lookups;
    await clock.advance(60_000);
    await gateway.access.authenticate(token);
    expect([before, store.lookups]).toEqual([1, 2]);
  });

  it.each<[string, Partial<VouchedUser>]>([
    ['an organization', { organization: 'Nobody' }],
    ['a team', { team: 'Nobody' }],
    ["another organization's team", { team: 'Secret' }],
  ])('that names %s that is not there is FORBIDDEN, always in the same words', async (_case, changes) => {
    const { gateway, store, clock } = userHouse(changes);
    store.rows.organizations.push({ ...organization, id: toId('o2'), name: 'Other' });
    store.rows.teams.push({ ...team, id: toId('t2'), organizationId: toId('o2'), name: 'Secret' });
    await expect(gateway.access.authenticate(token)).rejects.toMatchObject(unplaced);
    expect([store.rows.users, store.rows.audit]).toEqual([[], []]);
    store.rows.teams.push({ ...team, id: toId('t3'), name: 'Secret' }, { ...team, id: toId('t4'), name: 'Nobody' });
    store.rows.organizations.push({ ...organization, id: toId('o3'), name: 'Nobody' });
    store.rows.teams.push({ ...team, id: toId('t5'), organizationId: toId('o3') });
    await clock.advance(5000);
    expect(await gateway.access.authenticate(token)).toMatchObject({ kind: 'USER' });
  });

  it('of a disabled user is refused at once, and let in again when it is enabled', async () => {
    const { gateway, caller } = userHouse();
    const principal = await gateway.access.authenticate(token);
    const target = { organizationId: null, id: alice.userId };
    await gateway.administration.updateUser(caller, target, { disabled: true });
    await expect(gateway.access.authenticate(token)).rejects.toMatchObject(disabled);
    await expect(gateway.access.renew(principal)).rejects.toMatchObject(disabled);
    await gateway.administration.updateUser(caller, target, { disabled: false });
    expect(await gateway.access.authenticate(token)).toMatchObject({ id: 'alice' });
  });

  it.each(['organization', 'team'] as const)('of a disabled %s is refused at once, makes nobody, and is let in again', async (noun) => {
    const { gateway, caller, vouched, store } = userHouse();
    const elsewhere = { ...caller, principal: { ...caller.principal, organizationId: toId<never>('o9'), teamId: toId<never>('t9') } };
    const { updateOrganization, updateTeam } = gateway.administration;
    const disable = (disabled: boolean) =>
      noun === 'team' ? updateTeam(elsewhere, team.id, { disabled }) : updateOrganization(elsewhere, organization.id, { disabled });
    const principal = await gateway.access.authenticate(token);
    await disable(true);
    const shutOut = { code: 'UNAUTHENTICATED', message: 'The organization or the team of the user is disabled.' };
    await expect(gateway.access.authenticate(token)).rejects.toMatchObject(shutOut);
    await expect(gateway.access.renew(principal)).rejects.toMatchObject(shutOut);
    vouched.set('d.e.f', { ...alice, userId: toId('bob'), name: 'Bob' });
    await expect(gateway.access.authenticate('d.e.f')).rejects.toMatchObject(shutOut);
    expect(store.rows.users.map(({ id }) => id)).toEqual(['alice']);
    await disable(false);
    expect(await gateway.access.authenticate(token)).toMatchObject({ id: 'alice' });
    expect(await gateway.access.authenticate('d.e.f')).toMatchObject({ id: 'bob' });
  });

  it('that has ended ends what was let in by it', async () => {
    const { gateway, vouched, clock, store } = userHouse();
    const principal = await gateway.access.authenticate(token);
    expect(await gateway.access.renew(principal)).toMatchObject({ id: 'alice' });
    const ended: GatewayError[] = [];
    using _watch = gateway.access.onEnd(principal, (error) => void ended.push(error));
    await clock.advance(0);
    vouched.delete(token);
    store.tell({ type: 'USER', organizationId: organization.id, id: 'alice' });
    await clock.advance(0);
    expect(ended).toMatchObject([{ code: 'UNAUTHENTICATED' }]);
  });

  it('whose team was renamed is UNAUTHENTICATED on a living socket: it has no place any more', async () => {
    const { gateway, caller, store } = userHouse();
    const principal = await gateway.access.authenticate(token);
    await gateway.administration.updateTeam(caller, team.id, { name: 'Found' });
    await expect(gateway.access.renew(principal)).rejects.toMatchObject({ code: 'UNAUTHENTICATED', message: unplaced.message });
    await expect(gateway.access.authenticate(token)).rejects.toMatchObject(unplaced);
    expect(store.rows.users).toHaveLength(1);
  });

  it('is not let in while the store is away, and not refused for good either', async () => {
    const { gateway, store } = userHouse();
    store.failure = new GatewayError('STORE_UNAVAILABLE', 'The database does not answer; try again.');
    await expect(gateway.access.authenticate(token)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    store.failure = null;
    expect(await gateway.access.authenticate(token)).toMatchObject({ id: 'alice' });
  });
});

describe('the calls of a user', () => {
  it('are nobody else’s, also of no other user without a key, while they run and when only the ledger has them', async () => {
    const { gateway, vouched, start, clock, catalog } = userHouse();
    vouched.set('d.e.f', { ...alice, userId: toId('bob'), name: 'Bob' });
    const callerOf = async (credential: string): Promise<Caller> => ({
      principal: await gateway.access.authenticate(credential),
      requestId: 'request',
      address: null,
    });
    const [mine, theirs] = [await callerOf(token), await callerOf('d.e.f')];
    catalog.one.answer(whole('once'));
    const running = await start({ idempotencyKey: 'mine' }, { caller: mine });
    const { completions } = gateway;
    const isNobodys = async () => {
      await expect(completions.resume(theirs, running.id, 0)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(completions.cancel(theirs, { id: running.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(completions.cancel(theirs, { idempotencyKey: 'mine' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect(await completions.find(theirs, [running.id])).toEqual([null]);
    };
    await isNobodys();
    await clock.until(readAll(running));
    await clock.advance(6 * 60_000);
    await isNobodys();
    const auditor = { ...theirs, principal: { ...theirs.principal, scopes: new Set<Scope>(['USAGE_READ_ALL']) } };
    expect(await completions.find(auditor, [running.id])).toMatchObject([{ id: running.id }]);
    await expect(completions.cancel(auditor, { id: running.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(completions.resume(auditor, running.id, 0)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(completions.resume(mine, running.id, 0)).rejects.toMatchObject({ code: 'STREAM_EXPIRED' });
    expect(await completions.cancel(mine, { id: running.id })).toEqual({ id: running.id, state: 'SUCCEEDED' });
    expect(await completions.find(mine, [running.id])).toMatchObject([{ id: running.id }]);
  });
});
