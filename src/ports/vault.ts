/** How two marks relate; UNKNOWN: they were made with different secrets. */
export type MarkRelation = 'SAME' | 'OTHER' | 'UNKNOWN';

/** Keeps what nobody may read in the database, by a secret that is not in it. */
export interface Vault {
  /** A short text that stands for a long one. Who lacks the secret can neither make it nor try out which text it stands for. */
  mark(text: string): string;
  compare(left: string, right: string): MarkRelation;
  /** `label` says what it is and whose: it opens under the same label only. */
  seal(text: string, label: string): Uint8Array;
  /** Null: sealed with another secret or under another label, or damaged. */
  open(sealed: Uint8Array, label: string): string | null;
}
