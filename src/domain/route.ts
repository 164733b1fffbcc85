import type { DataPolicy, Offer } from './model.ts';
import type { Nanodollars, Picodollars } from './money.ts';

export type RouteSort = 'PRICE' | 'LATENCY' | 'THROUGHPUT' | 'BALANCED';

/** How the caller wants the offer chosen. Provider names are provider ids or offer ids. */
export interface RoutePreferences {
  readonly sort: RouteSort | null;
  /** Tried first, in this order; the others follow. */
  readonly order: readonly string[];
  /** Nothing else is tried. */
  readonly only: readonly string[];
  /** Nothing else may the caller's key use, whatever it asks for; empty: everything. */
  readonly within: readonly string[];
  readonly ignore: readonly string[];
  /** Models, tried in this order when none of the asked one's offers can serve. */
  readonly fallbacks: readonly string[];
  /** Only offers there; empty: anywhere. Where an offer is unknown to be is nowhere. */
  readonly regions: readonly string[];
  /** Only offers that are known to keep it; null: any. */
  readonly dataPolicy: DataPolicy | null;
  readonly maxPrice: { readonly input: Picodollars | null; readonly output: Picodollars | null };
  /** False: parameters an offer does not know are dropped with a warning. */
  readonly requireParameters: boolean;
}

export const noPreferences: RoutePreferences = {
  sort: null,
  order: [],
  only: [],
  within: [],
  ignore: [],
  fallbacks: [],
  regions: [],
  dataPolicy: null,
  maxPrice: { input: null, output: null },
  requireParameters: false,
};

export interface Timeouts {
  /** Milliseconds from the start of an attempt to its first token. */
  readonly firstTokenMs: number;
  /** Milliseconds between two reads. */
  readonly idleMs: number;
  /** Milliseconds for the whole call, with all its attempts. */
  readonly totalMs: number;
}

/** An offer that was looked at for a call: what the call would cost there at least and at most, and why it was not taken. */
export interface ConsideredOffer {
  readonly offer: Offer;
  readonly least: Nanodollars | null;
  readonly most: Nanodollars | null;
  /** A sentence; null when it may serve. */
  readonly rejected: string | null;
}
