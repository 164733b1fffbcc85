import type { CompletionState } from '../domain/completion.ts';
import type { CompletionId } from '../domain/id.ts';
import type { CallOwner } from './callRegistry.ts';

/** What may be asked for under a key: calls that run, or answers that are there. */
export interface Identified {
  readonly id: CompletionId;
}

/** How one kind of work is remembered. */
export interface KeyedWork<Work extends Identified> {
  /** What this process still has. */
  find(id: CompletionId): Work | null;
  /** Resolves when the work has ended, to how, and to the text of its answer. Never rejects. */
  ended(work: Work): Promise<{ readonly state: CompletionState; write(): string | null }>;
  /** The work again, from the text of its answer; null when that cannot be read. */
  revive(text: string, owner: CallOwner): Work | null;
}
