import type { ConfigProblem } from './problem.ts';

/** Where the ledger writes a call down before it is made. */
export type WalKind = (typeof walKinds)[number];

export const walKinds = ['file', 'database'] as const;

export interface WalSetting {
  readonly kind: WalKind;
  readonly databaseNamed: boolean;
  /** Who says so. */
  readonly path: string;
}

/** The embedded database stands in the data folder itself: without a disk it is lost first. */
export function walProblems({ kind, databaseNamed, path }: WalSetting): readonly ConfigProblem[] {
  if (kind === 'file' || databaseNamed) return [];
  const hint = 'Set DATABASE_URL; the embedded database needs the data folder, and with it the file is as safe and faster.';
  return [{ path, line: null, reason: 'asks for PostgreSQL, and there is none.', hint }];
}
