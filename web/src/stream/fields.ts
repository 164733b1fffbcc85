import type { OperationDefinitionNode } from 'graphql';
import { Kind } from 'graphql';

const streamFields = new Set(['completionStream', 'completionStreams', 'resumeCompletion']);

/** The response keys (alias, else name) under which an operation's answers carry completion events. */
export function completionFields({ selectionSet }: OperationDefinitionNode): readonly string[] {
  return selectionSet.selections.flatMap((selection) =>
    selection.kind === Kind.FIELD && streamFields.has(selection.name.value) ? [selection.alias?.value ?? selection.name.value] : [],
  );
}
