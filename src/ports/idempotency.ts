import type { CompletionId, Holder, OrganizationId, ReplicaId } from '../domain/id.ts';

/** One use of a caller's key for one call. A holder sees its own uses alone. */
export interface KeyClaim {
  readonly organizationId: OrganizationId;
  readonly holder: Holder;
  readonly key: string;
  /** Stands for the canonical input; made by the vault. */
  readonly mark: string;
  readonly completionId: CompletionId;
  /** Who runs the call. */
  readonly replicaId: ReplicaId;
  readonly claimedAt: number;
  readonly expiresAt: number;
}

/** What is known of a key that was used. */
export interface ClaimedKey {
  readonly mark: string;
  readonly completionId: CompletionId;
  /** ENDED: the owner has written down the end, or is gone and its ledger was taken over. */
  readonly state: 'RUNNING' | 'ENDED';
  /** Changes as long as the owner of a running call lives. */
  readonly seenAt: number;
  /** Sealed; null where it is not kept. */
  readonly answer: Uint8Array | null;
}

export interface ClaimEnding {
  readonly answer: Uint8Array | null;
  readonly expiresAt: number;
}

/** Keys and the calls they were used for, for all replicas. Fails with STORE_UNAVAILABLE. */
export interface IdempotencyStore {
  /** One round trip. False: somebody else has used the key. A use that has expired counts for nothing. */
  claim(claim: KeyClaim): Promise<boolean>;
  find(holder: Holder, key: string, at: number): Promise<ClaimedKey | null>;
  /** The call has ended, and its key answers from here on. Harmless when the claim is gone. */
  end(claim: Pick<KeyClaim, 'holder' | 'key' | 'completionId'>, ending: ClaimEnding): Promise<void>;
  /** The key may be used again. Harmless when the claim is gone. */
  release(claim: Pick<KeyClaim, 'holder' | 'key' | 'completionId'>): Promise<void>;
  /** The owner of these running calls lives. */
  beat(replicaId: ReplicaId, ids: readonly CompletionId[], at: number): Promise<void>;
  /** Forgets some of what has expired. */
  sweep(at: number): Promise<void>;
}
