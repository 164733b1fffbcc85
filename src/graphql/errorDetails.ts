import type { ErrorDetails } from '../domain/errors.ts';
import type { BudgetId, CompletionId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import { toGlobalId } from './globalId.ts';

/** The details that are ids below the graph, and how the graph writes them. */
const ids: Readonly<Record<string, (id: string) => string>> = {
  completionId: (id) => toGlobalId('Completion', toId<CompletionId>(id)),
  budget: (id) => toGlobalId('Budget', toId<BudgetId>(id)),
};

/** An error's details as clients see them: an id among them can be asked for. */
export function toClientDetails(details: ErrorDetails): ErrorDetails {
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => [name, typeof value === 'string' ? (ids[name]?.(value) ?? value) : value]),
  );
}
