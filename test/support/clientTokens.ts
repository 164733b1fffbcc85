import type { ApiKey } from '../../src/domain/tenancy.ts';
import type { NewClientToken, NewTokenLimits } from '../../src/gateway/clientTokenInput.ts';
import type { Caller } from '../../src/gateway/gateway.ts';
import type { House } from './house.ts';
import { house } from './house.ts';
import { apiKey } from './things.ts';

const noLimits: NewTokenLimits = { requests: null, tokens: null, spend: null, maxOutputTokens: null, models: null };

/** A token for a minute of completions. */
export function asked(changes: Partial<Omit<NewClientToken, 'limits'>> = {}, limits: Partial<NewTokenLimits> = {}): NewClientToken {
  return { ttlSeconds: 60, scopes: ['COMPLETIONS_WRITE'], userId: null, ...changes, limits: { ...noLimits, ...limits } };
}

/** A house whose one key may do this, and is known by its secret. */
export function keyHouse(changes: Partial<ApiKey> = {}): House {
  const world = house();
  world.store.rows.apiKeys[0] = { ...apiKey, scopes: ['COMPLETIONS_WRITE', 'MODELS_READ'], ...changes };
  return world;
}

/** Who asks with the house's key. */
export async function keyCaller({ gateway }: House): Promise<Caller> {
  return { principal: await gateway.access.authenticate('mg_k1', '192.0.2.1'), requestId: 'request', address: '192.0.2.1' };
}

export async function makeToken(world: House, input = asked()): Promise<string> {
  return (await world.gateway.clientTokens.createClientToken(await keyCaller(world), input)).token;
}

/** Who asks with a new token under the house's key. */
export async function tokenCaller(world: House, input = asked()): Promise<Caller> {
  const principal = await world.gateway.access.authenticate(await makeToken(world, input), '192.0.2.1');
  return { principal, requestId: 'token', address: '192.0.2.1' };
}
