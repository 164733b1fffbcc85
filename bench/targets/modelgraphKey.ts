import type { GraphAddress } from './graph.ts';
import { askGraph } from './graph.ts';

/**
 * The measured calls are made with ordinary keys: each has scopes, a limit of requests and a limit of money (both far away), so
 * authentication, admission, reservation and the ledger all work for each call as they do for a customer's. There are several, because
 * one key may hold 100 WebSockets open.
 */
const teamsQuery = 'query { teams(first: 1) { nodes { id } } }';
const createKey = `mutation Key($teamId: ID!) {
  createApiKey(input: { teamId: $teamId, name: "bench", scopes: [MODELS_READ, COMPLETIONS_WRITE, USAGE_READ] }) { secret apiKey { id } }
}`;
const createBudgets = `mutation Budgets($apiKeyId: ID!) {
  requests: createBudget(input: { scope: { apiKeyId: $apiKeyId }, meter: REQUESTS, window: MONTH, timeZone: "UTC", limit: { count: "1000000000" }, policy: STRICT }) { budget { id } }
  spend: createBudget(input: { scope: { apiKeyId: $apiKeyId }, meter: SPEND, window: MONTH, timeZone: "UTC", limit: { usd: "1000000" }, policy: STRICT }) { budget { id } }
}`;

const keys = 8;

export async function createBenchKeys(admin: GraphAddress): Promise<readonly string[]> {
  const { teams } = await askGraph<{ teams: { nodes: readonly { id: string }[] } }>(admin, teamsQuery);
  const secrets: string[] = [];
  for (let count = 0; count < keys; count += 1) secrets.push(await createBenchKey(admin, teams.nodes[0]?.id));
  return secrets;
}

async function createBenchKey(admin: GraphAddress, teamId: string | undefined): Promise<string> {
  const { createApiKey } = await askGraph<{ createApiKey: { secret: string; apiKey: { id: string } } }>(admin, createKey, { teamId });
  await askGraph(admin, createBudgets, { apiKeyId: createApiKey.apiKey.id });
  return createApiKey.secret;
}
