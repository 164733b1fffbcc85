import type { JsonObject } from '../domain/json.ts';
import type { Desk } from './desk.ts';
import { CommandFailure } from './failure.ts';
import { listAll, objectAt } from './list.ts';

/** The id of the organization's team that is meant by its id or name; the caller's own where none is. */
export async function findTeam(desk: Desk, wanted: string | null, organization: string | null): Promise<string> {
  if (wanted === null) return idOf(objectAt(objectAt(await desk.ask('{ viewer { team { id } } }'), 'viewer'), 'team'));
  const filter =
    organization === null ? null : { type: 'TeamFilter', value: { organizationId: await findOrganization(desk, organization) } };
  const teams = await listAll(desk, { field: 'teams', selection: 'id name', filter });
  return pick('team', wanted, teams) ?? wanted;
}

/** The id of the organization that is meant by its id or name; the caller's own where none is. */
export async function findOrganization(desk: Desk, wanted: string | null): Promise<string> {
  if (wanted === null) return idOf(objectAt(objectAt(await desk.ask('{ viewer { organization { id } } }'), 'viewer'), 'organization'));
  const organizations = await listAll(desk, { field: 'organizations', selection: 'id name', filter: null });
  return pick('organization', wanted, organizations) ?? wanted;
}

/** Null when nothing is called so, and it may be the id of something that is not listed here. */
function pick(noun: string, wanted: string, things: readonly JsonObject[]): string | null {
  const found = things.find(({ id, name }) => id === wanted || name === wanted);
  if (found !== undefined) return idOf(found);
  if (isGlobalId(wanted)) return null;
  const names = things.map(({ name }) => String(name)).slice(0, 20);
  throw new CommandFailure(`There is no ${noun} "${wanted}". There ${names.length === 1 ? 'is' : 'are'}: ${names.join(', ')}.`);
}

/** An id of the graph holds its type, a colon and what it is below the graph. */
function isGlobalId(text: string): boolean {
  return /^[A-Za-z]+:/.test(Buffer.from(text, 'base64url').toString());
}

function idOf({ id }: JsonObject): string {
  return String(id);
}
