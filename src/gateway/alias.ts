import type { AliasInForce, AliasPublication, AliasVersion, OwnedAlias } from '../domain/alias.ts';
import { aliasId } from '../domain/alias.ts';
import { GatewayError } from '../domain/errors.ts';
import { holdsScopes } from '../domain/principal.ts';
import type { IdSource } from '../ports/idSource.ts';
import type { AliasStore } from '../ports/store.ts';
import { actOf } from './act.ts';
import { checkName, checkTargets } from './aliasCheck.ts';
import type { AliasService, AskedAlias } from './aliasService.ts';
import type { Caller } from './gateway.ts';
import type { NameSources, Names } from './modelName.ts';
import { fromFile, mayAskAlias, namesOf } from './modelName.ts';
import { organizationAsked, there } from './visibility.ts';

export interface AliasParts extends NameSources {
  readonly store: AliasStore;
  readonly ids: IdSource;
}

export function createAliases(parts: AliasParts): AliasService {
  const { store, aliases, ids } = parts;

  async function namesAsked(caller: Caller, organizationId: AskedAlias['organizationId']): Promise<Names> {
    await aliases.ready();
    return namesOf(parts, organizationAsked(caller, organizationId));
  }

  async function publish(caller: Caller, publication: Omit<AliasPublication, 'rowId'>): Promise<AliasInForce> {
    const { organizationId, restores } = publication;
    checkTargets(await namesAsked(caller, organizationId), caller.principal, publication.targets);
    const act = actOf(caller, restores === null ? 'PUBLISH_ALIAS' : 'ROLL_BACK_ALIAS', parts);
    const version = await store.publish({ ...publication, rowId: ids.next() }, act);
    await aliases.reload(organizationId);
    return published(version);
  }

  return {
    async list(caller, { organizationId, first, after }) {
      const names = await namesAsked(caller, organizationId);
      const seen = inForce(names)
        .filter((alias) => maySee(names, caller, alias))
        .filter(({ name }) => after === null || name > after)
        .toSorted((left, right) => (left.name < right.name ? -1 : 1));
      return { items: seen.slice(0, first), hasMore: seen.length > first };
    },
    async find(caller, { organizationId, name }) {
      const names = await namesAsked(caller, organizationId);
      const alias = inForce(names).find((one) => one.name === name);
      return alias !== undefined && maySee(names, caller, alias) ? alias : null;
    },
    async history(caller, alias, page) {
      if (!manages(caller)) throw new GatewayError('FORBIDDEN', 'This needs the scope MODELS_MANAGE.');
      return store.history(alias, page);
    },
    async publish(caller, input) {
      const organizationId = organizationAsked(caller, input.organizationId);
      checkName(input.name);
      return publish(caller, { ...input, organizationId, restores: null });
    },
    async rollBack(caller, { organizationId: asked, name, to, note }) {
      const target: OwnedAlias = { organizationId: organizationAsked(caller, asked), name };
      const { targets, sticky, disabled } = there(await store.find(target, to), 'version of the alias');
      return publish(caller, { ...target, targets, sticky, disabled, note, restores: to });
    },
    async delete(caller, { organizationId: asked, name }) {
      const target: OwnedAlias = { organizationId: organizationAsked(caller, asked), name };
      const deleted = await store.delete(target, actOf(caller, 'DELETE_ALIAS', parts));
      await aliases.reload(target.organizationId);
      return there(deleted, 'alias that was published').id;
    },
  };
}

function manages({ principal }: Caller): boolean {
  return holdsScopes(principal, ['MODELS_MANAGE']);
}

/** Whoever publishes sees also what they may not ask for, and what is disabled. */
function maySee(names: Names, caller: Caller, alias: AliasInForce): boolean {
  return manages(caller) || mayAskAlias(names, caller.principal, alias);
}

/** What the organization has published, and of the file what it has not published itself. */
function inForce({ snapshot, aliases, organizationId }: Names): readonly AliasInForce[] {
  const own = aliases.list(organizationId).map(published);
  const taken = new Set(own.map(({ name }) => name));
  const configured = [...snapshot.aliases.values()].filter(({ name }) => !taken.has(name));
  return [
    ...own,
    ...configured.map((alias): AliasInForce => {
      const owned = { organizationId, name: alias.name };
      return { ...fromFile(alias), ...owned, id: aliasId(owned), source: 'CONFIG', version: null, publishedAt: null };
    }),
  ];
}

function published({ id, organizationId, name, targets, sticky, disabled, version, publishedAt }: AliasVersion): AliasInForce {
  return { id, organizationId, name, targets, sticky, disabled, source: 'ORGANIZATION', version, publishedAt };
}
