import type { OperationDefinitionNode } from 'graphql';
import { getOperationAST, parse } from 'graphql';

/**
 * The operation that a request runs, read from its own text: the document that GraphiQL hands over lags behind the editor, and so does the name,
 * so that right after a change of tabs both can belong to the tab before. Null for a text that is not GraphQL, which the gateway explains best.
 */
export function readOperation(query: string, name: string | null): OperationDefinitionNode | null {
  try {
    const document = parse(query, { noLocation: true });
    return getOperationAST(document, name) ?? getOperationAST(document) ?? null;
  } catch {
    return null;
  }
}
