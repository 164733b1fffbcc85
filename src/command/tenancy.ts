import type { Command, Given, Outcome } from './command.ts';
import type { Desk } from './desk.ts';
import { listAll, objectAt } from './list.ts';
import { findOrganization } from './named.ts';
import type { Column } from './table.ts';
import { writeTable, writeThing } from './table.ts';

const selection = 'id name createdAt';
const columns: readonly Column[] = [
  ['ID', 'id'],
  ['NAME', 'name'],
  ['MADE', 'createdAt'],
];

const name = { value: 'name', says: 'Its name.', needed: true } as const;
const organization = { value: 'id or name', says: 'Of which organization. Default: the own one, on the store "default".' };

async function createOrganization(desk: Desk, { option }: Given): Promise<Outcome> {
  const document = `mutation ($input: CreateOrganizationInput!) { createOrganization(input: $input) { organization { ${selection} } } }`;
  const data = await desk.ask(document, { input: { name: option('name') } });
  const made = objectAt(objectAt(data, 'createOrganization'), 'organization');
  return { json: made, text: writeThing(made, columns) };
}

async function listOrganizations(desk: Desk): Promise<Outcome> {
  const found = await listAll(desk, { field: 'organizations', selection, filter: null });
  return { json: found, text: writeTable(found, columns) };
}

async function createTeam(desk: Desk, { option }: Given): Promise<Outcome> {
  const document = `mutation ($input: CreateTeamInput!) { createTeam(input: $input) { team { ${selection} } } }`;
  const input = { organizationId: await findOrganization(desk, option('organization')), name: option('name') };
  const made = objectAt(objectAt(await desk.ask(document, { input }), 'createTeam'), 'team');
  return { json: made, text: writeThing(made, columns) };
}

async function listTeams(desk: Desk, { option }: Given): Promise<Outcome> {
  const value = { organizationId: await findOrganization(desk, option('organization')) };
  const found = await listAll(desk, { field: 'teams', selection, filter: { type: 'TeamFilter', value } });
  return { json: found, text: writeTable(found, columns) };
}

export const organizationCommands: readonly Command[] = [
  {
    noun: 'organizations',
    verb: 'create',
    says: 'Makes an organization.',
    operand: null,
    options: { name },
    makes: true,
    run: createOrganization,
  },
  { noun: 'organizations', verb: 'list', says: 'Lists organizations, newest first.', operand: null, options: {}, run: listOrganizations },
];

export const teamCommands: readonly Command[] = [
  { noun: 'teams', verb: 'create', says: 'Makes a team.', operand: null, options: { name, organization }, makes: true, run: createTeam },
  {
    noun: 'teams',
    verb: 'list',
    says: "Lists an organization's teams, newest first.",
    operand: null,
    options: { organization },
    run: listTeams,
  },
];
