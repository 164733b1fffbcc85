import type { GatewayUser } from './gatewayUser.ts';

export interface Customer {
  readonly secret: string;
  /** The key's id. */
  readonly id: string;
}

interface CustomerOptions {
  /** Most calls, over all time. */
  readonly requests?: number;
  /** Most US dollars, over all time. */
  readonly usd?: string;
  readonly scopes?: readonly string[];
  readonly expiresAt?: Date;
}

const makeKey = 'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret apiKey { id } } }';
const makeBudget = 'mutation ($input: CreateBudgetInput!) { createBudget(input: $input) { budget { id } } }';
const everything = ['MODELS_READ', 'COMPLETIONS_WRITE', 'EMBEDDINGS_WRITE', 'USAGE_READ'];

/** A key of the first team, made as an administrator makes one, with limits where they are said. */
export async function createCustomer(admin: GatewayUser, options: CustomerOptions = {}): Promise<Customer> {
  const { requests, usd, scopes = everything, expiresAt } = options;
  const { teams } = await admin.get('{ teams(first: 1) { nodes { id } } }');
  const made = await admin.get(makeKey, { input: { teamId: teams.nodes[0].id, name: 'web', scopes, expiresAt } });
  const { secret, apiKey } = made.createApiKey;
  const limits = [
    { meter: 'REQUESTS', limit: requests === undefined ? null : { count: requests } },
    { meter: 'SPEND', limit: usd === undefined ? null : { usd } },
  ];
  for (const { meter, limit } of limits)
    if (limit !== null) await admin.get(makeBudget, { input: { scope: { apiKeyId: apiKey.id }, meter, window: 'TOTAL', limit } });
  return { secret, id: apiKey.id };
}
