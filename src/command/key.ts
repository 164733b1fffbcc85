import type { JsonObject } from '../domain/json.ts';
import { allScopes } from '../domain/principal.ts';
import type { Command, CommandOption, Given, Outcome } from './command.ts';
import type { Desk } from './desk.ts';
import { listAll, objectAt } from './list.ts';
import { findOrganization, findTeam } from './named.ts';
import type { Column } from './table.ts';
import { writeTable, writeThing } from './table.ts';
import { readList, readWhole, readWords } from './value.ts';

const selection = 'id name prefix lastFour status team { id name } userId scopes allowedModels createdAt expiresAt revokedAt';

const columns: readonly Column[] = [
  ['ID', 'id'],
  ['NAME', 'name'],
  ['STATUS', 'status'],
  ['TEAM', 'team.name'],
  ['SCOPES', 'scopes'],
  ['BEGINS', 'prefix'],
  ['ENDS', 'lastFour'],
  ['EXPIRES', 'expiresAt'],
];

const organization: CommandOption = { value: 'id or name', says: 'Of which organization. Default: the own one, on the store "default".' };
const team: CommandOption = { value: 'id or name', says: 'The team. Default: the own one, on the store "default".' };

/** The secret stands here and nowhere else. */
function issued(payload: JsonObject): Outcome {
  const { secret } = payload;
  const key = objectAt(payload, 'apiKey');
  return {
    json: { secret: secret ?? null, apiKey: key },
    text: `${String(secret)}\n\n${writeThing(key, columns)}\n\nThe secret is shown this once.`,
  };
}

function shown(key: JsonObject): Outcome {
  return { json: key, text: writeThing(key, columns) };
}

async function create(desk: Desk, given: Given): Promise<Outcome> {
  const scopes = readWords('scopes', given.option('scopes'), allScopes);
  const input = {
    teamId: await findTeam(desk, given.option('team'), given.option('organization')),
    name: given.option('name'),
    scopes,
    userId: given.option('user'),
    allowedModels: readList(given.option('models')),
    expiresAt: given.option('expires'),
  };
  const document = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret apiKey { ${selection} } } }`;
  return issued(objectAt(await desk.ask(document, { input }), 'createApiKey'));
}

async function list(desk: Desk, given: Given): Promise<Outcome> {
  const [ofOrganization, ofTeam] = [given.option('organization'), given.option('team')];
  const value = {
    ...(ofOrganization === null ? {} : { organizationId: await findOrganization(desk, ofOrganization) }),
    ...(ofTeam === null ? {} : { teamId: await findTeam(desk, ofTeam, ofOrganization) }),
  };
  const keys = await listAll(desk, { field: 'apiKeys', selection, filter: { type: 'ApiKeyFilter', value } });
  return { json: keys, text: writeTable(keys, columns) };
}

async function revoke(desk: Desk, { operand }: Given): Promise<Outcome> {
  const document = `mutation ($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) { apiKey { ${selection} } } }`;
  return shown(objectAt(objectAt(await desk.ask(document, { input: { id: operand } }), 'revokeApiKey'), 'apiKey'));
}

async function rotate(desk: Desk, { operand, option }: Given): Promise<Outcome> {
  const overlapSeconds = readWhole('overlap', option('overlap') ?? '0');
  const document = `mutation ($input: RotateApiKeyInput!) { rotateApiKey(input: $input) { secret apiKey { ${selection} } } }`;
  return issued(objectAt(await desk.ask(document, { input: { id: operand, overlapSeconds } }), 'rotateApiKey'));
}

const operand = "the key's id, as `keys list` shows it";

export const keyCommands: readonly Command[] = [
  {
    noun: 'keys',
    verb: 'create',
    says: 'Makes an API key and shows its secret, once.',
    operand: null,
    options: {
      name: { value: 'name', says: 'Its name.', needed: true },
      scopes: { value: 'A,B', says: `What it may do: ${allScopes.join(', ')}.`, needed: true },
      team,
      organization,
      user: { value: 'id', says: 'The user it speaks for.' },
      models: { value: 'a,b', says: 'The models it may ask for, by slug or alias. Default: all.' },
      expires: { value: 'time', says: 'When it ends, such as 2027-01-31T00:00:00Z. Default: never.' },
    },
    makes: true,
    run: create,
  },
  { noun: 'keys', verb: 'list', says: 'Lists API keys, newest first.', operand: null, options: { team, organization }, run: list },
  { noun: 'keys', verb: 'revoke', says: 'Revokes an API key, for good.', operand, options: {}, run: revoke },
  {
    noun: 'keys',
    verb: 'rotate',
    says: 'Gives an API key a new secret and shows it, once.',
    operand,
    options: { overlap: { value: 'seconds', says: 'For so long the older secrets still work, up to 2592000 (30 days). Default: 0.' } },
    run: rotate,
  },
];
