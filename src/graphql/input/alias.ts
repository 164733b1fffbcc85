import type { OrganizationId } from '../../domain/id.ts';
import { toId } from '../../domain/id.ts';
import type { AliasRollBack, AskedAlias, NewAlias } from '../../gateway/aliasService.ts';
import type { PublishAliasInput, RollBackAliasInput } from '../generated/schemaTypes.ts';
import { readGlobalId } from '../globalId.ts';
import { invalid, readText } from './check.ts';

const longestNote = 1000;

interface NamingInput {
  readonly organizationId?: string | null | undefined;
  readonly name: string;
}

/** Throws INVALID_REQUEST, naming the path of what does not hold; whether the models can serve is the gateway's to say. */
export function toNewAlias({ organizationId, name, targets, sticky, disabled, note }: PublishAliasInput): NewAlias {
  return {
    ...toAskedAlias({ organizationId, name }),
    targets: targets.map(({ model, weight }) => ({ model: toId(model), weight: weight ?? 1 })),
    sticky: sticky ?? 'USER',
    disabled: disabled ?? false,
    note: readText(note, 'input.note', longestNote),
  };
}

export function toRollBack({ organizationId, name, to, note }: RollBackAliasInput): AliasRollBack {
  return { ...toAskedAlias({ organizationId, name }), to, note: readText(note, 'input.note', longestNote) };
}

/** Whose alias an input names. */
export function toAskedAlias({ organizationId, name }: NamingInput): AskedAlias {
  return { organizationId: toOrganization(organizationId, 'input.organizationId'), name };
}

export function toOrganization(id: string | null | undefined, path: string): OrganizationId | null {
  return typeof id === 'string' ? readGlobalId('Organization', id, path) : null;
}

/** The version that a cursor stands for. */
export function toVersion(after: string | null): number | null {
  if (after === null) return null;
  if (!/^[0-9]{1,9}$/.test(after)) throw invalid('after', 'this is no cursor of these versions.');
  return Number(after);
}
