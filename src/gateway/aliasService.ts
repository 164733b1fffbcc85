import type { AliasInForce, AliasVersion, Stickiness } from '../domain/alias.ts';
import type { AliasId, OrganizationId } from '../domain/id.ts';
import type { Alias } from '../domain/model.ts';
import type { Page, VersionPage } from '../ports/store.ts';
import type { Caller } from './caller.ts';

/** An alias of an organization; null: of the caller's own. */
export interface AskedAlias {
  readonly organizationId: OrganizationId | null;
  readonly name: string;
}

export interface NewAlias extends AskedAlias {
  readonly targets: Alias['targets'];
  readonly sticky: Stickiness;
  readonly disabled: boolean;
  readonly note: string | null;
}

export interface AliasRollBack extends AskedAlias {
  readonly to: number;
  readonly note: string | null;
}

/** What names stand for. Everything is the caller's organization's, but for an ADMIN. Throws NOT_FOUND, STORE_UNAVAILABLE. */
export interface AliasService {
  /** By name; `after` is the last one of the page before. */
  list(
    caller: Caller,
    query: { readonly organizationId: OrganizationId | null; readonly first: number; readonly after: string | null },
  ): Promise<Page<AliasInForce>>;
  /** Null when there is none the caller may ask for. */
  find(caller: Caller, asked: AskedAlias): Promise<AliasInForce | null>;
  /** Throws FORBIDDEN without the scope MODELS_MANAGE. */
  history(caller: Caller, alias: AliasInForce, page: VersionPage): Promise<Page<AliasVersion>>;
  /** Resolves when it is in effect in this process. Throws INVALID_REQUEST, UNKNOWN_MODEL. */
  publish(caller: Caller, input: NewAlias): Promise<AliasInForce>;
  /** The same, of what an earlier version says. */
  rollBack(caller: Caller, input: AliasRollBack): Promise<AliasInForce>;
  delete(caller: Caller, asked: AskedAlias): Promise<AliasId>;
}
