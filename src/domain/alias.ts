import type { AuditActor } from './audit.ts';
import type { AliasId, ModelSlug, OrganizationId } from './id.ts';
import { toId } from './id.ts';
import type { Alias } from './model.ts';

/** Who is always given the same model while the weights stand. NONE: each call is drawn by itself. */
export const stickiness = ['NONE', 'USER', 'KEY'] as const;
export type Stickiness = (typeof stickiness)[number];

/** What a name stands for. */
export interface AliasRule extends Alias {
  readonly sticky: Stickiness;
  /** Nobody is served by it. */
  readonly disabled: boolean;
}

/** An alias among an organization's, by its name there. */
export interface OwnedAlias {
  readonly organizationId: OrganizationId;
  readonly name: string;
}

/** What is to be published. */
export interface AliasPublication extends AliasRule, OwnedAlias {
  /** The publication's own: one row. */
  readonly rowId: string;
  readonly note: string | null;
  /** The version that it brings back; null: it is new. */
  readonly restores: number | null;
}

/** A publication as it is kept for ever. */
export interface AliasVersion extends Omit<AliasPublication, 'rowId'> {
  readonly id: AliasId;
  /** From 1, one higher than the last of its name. */
  readonly version: number;
  readonly publishedAt: number;
  readonly publishedBy: AuditActor;
  /** Null: it is in force. */
  readonly supersededAt: number | null;
}

/** What a name stands for, and who says so: the operator's file, or a publication of the organization's. */
export interface AliasInForce extends AliasRule, OwnedAlias {
  readonly id: AliasId;
  readonly source: 'CONFIG' | 'ORGANIZATION';
  /** Null: it comes from the file. */
  readonly version: number | null;
  readonly publishedAt: number | null;
}

/** The name's own, whatever it stands for. */
export function aliasId({ organizationId, name }: OwnedAlias): AliasId {
  return toId(`${organizationId}/${name}`);
}

/** Targets by slug, so that who is sticky stays where they were when weights are only shifted, however the targets were listed. */
export function inSlugOrder(targets: Alias['targets']): Alias['targets'] {
  return targets.toSorted((left, right) => (left.model < right.model ? -1 : Number(left.model > right.model)));
}

/** From a draw, from 0 to below 1, the model it falls on; null: there is none. */
export function pickTarget(targets: Alias['targets'], draw: number): ModelSlug | null {
  let left = draw * targets.reduce((sum, { weight }) => sum + weight, 0);
  for (const { model, weight } of targets) {
    left -= weight;
    if (left < 0) return model;
  }
  return targets.at(-1)?.model ?? null;
}

/** A number from 0 to below 1 that is always the same for the same text, and evenly spread over texts: FNV-1a, with the last mixing of MurmurHash3. */
export function steadyDraw(text: string): number {
  let hash = 0x81_1c_9d_c5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01_00_01_93);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85_eb_ca_6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2_b2_ae_35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
