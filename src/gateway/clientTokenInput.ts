import type { UserId } from '../domain/id.ts';
import type { Scope } from '../domain/principal.ts';

/** A token that is asked for. */
export interface NewClientToken {
  readonly ttlSeconds: number;
  readonly scopes: readonly Scope[];
  /** Null: the one the key speaks for, if there is one. */
  readonly userId: UserId | null;
  readonly limits: NewTokenLimits;
}

/** Null: not limited. */
export interface NewTokenLimits {
  readonly requests: bigint | null;
  readonly tokens: bigint | null;
  /** Nanodollars. */
  readonly spend: bigint | null;
  readonly maxOutputTokens: number | null;
  readonly models: readonly string[] | null;
}
