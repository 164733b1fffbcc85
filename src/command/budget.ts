import type { BudgetPolicy, BudgetWindow, Meter } from '../domain/budget.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Command, Given, Outcome } from './command.ts';
import type { Desk } from './desk.ts';
import { typedWrong } from './failure.ts';
import { listAll, objectAt } from './list.ts';
import { findOrganization, findTeam } from './named.ts';
import type { Column } from './table.ts';
import { writeTable, writeThing } from './table.ts';
import { readWhole, readWord } from './value.ts';

const selection =
  'id scope { organizationId teamId userId apiKeyId model tag { name value } } meter window timeZone limit policy createdAt';

const columns: readonly Column[] = [
  ['ID', 'id'],
  ['SCOPE', 'scope'],
  ['METER', 'meter'],
  ['WINDOW', 'window'],
  ['ZONE', 'timeZone'],
  ['LIMIT', 'limit'],
  ['POLICY', 'policy'],
];

const meters: readonly Meter[] = ['REQUESTS', 'TOKENS', 'SPEND', 'PARALLEL'];
const windows: readonly BudgetWindow[] = ['TOTAL', 'MINUTE', 'HOUR', 'DAY', 'WEEK', 'MONTH'];
const policies: readonly BudgetPolicy[] = ['STRICT', 'SOFT'];

const organization = { value: 'id or name', says: 'Of which organization. Default: the own one, on the store "default".' };

/** What each option of a scope becomes in `BudgetScopeInput`. */
const scopes: Readonly<Record<string, (desk: Desk, text: string, given: Given) => Promise<JsonObject>>> = {
  team: async (desk, text, given) => ({ teamId: await findTeam(desk, text, given.option('organization')) }),
  key: async (_desk, text) => ({ apiKeyId: text }),
  user: async (_desk, text) => ({ userId: text }),
  model: async (_desk, text) => ({ model: text }),
  tag: async (_desk, text) => ({ tag: readTag(text) }),
};

function readTag(text: string): JsonObject {
  const [name, ...value] = text.split('=');
  if (name === undefined || name === '' || value.length === 0) throw typedWrong('--tag must be of the form name=value.');
  return { name, value: value.join('=') };
}

async function readScope(desk: Desk, given: Given): Promise<JsonObject> {
  const named = Object.keys(scopes).filter((name) => given.option(name) !== null);
  if (named.length > 1) throw typedWrong(`A budget has one scope: say only one of ${named.map((name) => `--${name}`).join(', ')}.`);
  const [name = ''] = named;
  const read = scopes[name];
  if (read !== undefined) return await read(desk, given.option(name) ?? '', given);
  return { organizationId: await findOrganization(desk, given.option('organization')) };
}

async function create(desk: Desk, given: Given): Promise<Outcome> {
  const { option } = given;
  const meter = readWord('meter', option('meter') ?? '', meters);
  const limit = option('limit') ?? '';
  const input = {
    meter,
    window: readWord('window', option('window') ?? '', windows),
    policy: readWord('policy', option('policy') ?? 'STRICT', policies),
    timeZone: option('zone') ?? 'UTC',
    limit: meter === 'SPEND' ? { usd: readUsd(limit) } : { count: String(readWhole('limit', limit)) },
    scope: await readScope(desk, given),
  };
  const document = `mutation ($input: CreateBudgetInput!) { createBudget(input: $input) { budget { ${selection} } } }`;
  const made = objectAt(objectAt(await desk.ask(document, { input }), 'createBudget'), 'budget');
  return { json: made, text: writeThing(made, columns) };
}

function readUsd(text: string): string {
  if (/^\d+(\.\d{1,9})?$/.test(text)) return text;
  throw typedWrong('--limit must be US dollars, such as 25 or 0.5, for the meter SPEND.');
}

async function list(desk: Desk, { option }: Given): Promise<Outcome> {
  const value = { organizationId: await findOrganization(desk, option('organization')) };
  const found = await listAll(desk, { field: 'budgets', selection, filter: { type: 'BudgetFilter', value } });
  return { json: found, text: writeTable(found, columns) };
}

export const budgetCommands: readonly Command[] = [
  {
    noun: 'budgets',
    verb: 'create',
    says: 'Limits what may be used: of one scope, else of the whole organization.',
    operand: null,
    options: {
      meter: { value: 'meter', says: `What is counted: ${meters.join(', ')}.`, needed: true },
      limit: { value: 'amount', says: 'The most in one period: US dollars for SPEND, else a whole number.', needed: true },
      window: { value: 'window', says: `How long it counts: ${windows.join(', ')}.`, needed: true },
      zone: { value: 'zone', says: 'The time zone of its periods, such as Europe/Berlin. Default: UTC.' },
      policy: { value: 'policy', says: 'At the limit, STRICT refuses and SOFT lets pass. Default: STRICT.' },
      organization,
      team: { value: 'id or name', says: 'For the keys of a team.' },
      key: { value: 'id', says: 'For a key.' },
      user: { value: 'id', says: 'For a user.' },
      model: { value: 'slug', says: 'For calls of a model.' },
      tag: { value: 'name=value', says: 'For calls with a tag.' },
    },
    makes: true,
    run: create,
  },
  {
    noun: 'budgets',
    verb: 'list',
    says: "Lists an organization's budgets, newest first.",
    operand: null,
    options: { organization },
    run: list,
  },
];
