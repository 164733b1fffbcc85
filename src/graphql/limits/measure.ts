import type { ASTNode, FragmentDefinitionNode, OperationDefinitionNode, SelectionSetNode, ValidationContext } from 'graphql';
import { Kind } from 'graphql';

/** What an operation amounts to when its fragments are written out. */
export interface Size {
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly directives: number;
}

const nothing: Size = { depth: 0, aliases: 0, rootFields: 0, directives: 0 };

/** Each fragment is measured once and counted as often as it is spread, so that fragments within fragments cannot hide a large operation, nor make measuring one slow. */
export function measureOperation(operation: OperationDefinitionNode, context: ValidationContext): Size {
  const sizes = new Map<string, Size>();
  const open = new Set<string>();
  const ofFragment = (name: string): Size => {
    const fragment = context.getFragment(name);
    // A fragment that holds itself is refused by GraphQL's own rule.
    if (fragment === undefined || fragment === null || open.has(name)) return nothing;
    const known = sizes.get(name);
    if (known !== undefined) return known;
    open.add(name);
    const size = ofFragmentDefinition(fragment);
    open.delete(name);
    sizes.set(name, size);
    return size;
  };
  const ofFragmentDefinition = (fragment: FragmentDefinitionNode) => add(ofSelections(fragment.selectionSet), directivesOf(fragment));
  const ofSelections = ({ selections }: SelectionSetNode): Size =>
    selections.reduce((sum, selection) => {
      const own = directivesOf(selection);
      if (selection.kind === Kind.FRAGMENT_SPREAD) return add(sum, add(own, ofFragment(selection.name.value)));
      if (selection.kind === Kind.INLINE_FRAGMENT) return add(sum, add(own, ofSelections(selection.selectionSet)));
      const below = selection.selectionSet === undefined ? nothing : ofSelections(selection.selectionSet);
      const field = { ...below, depth: below.depth + 1, rootFields: 1, aliases: below.aliases + (selection.alias === undefined ? 0 : 1) };
      return add(sum, add(own, field));
    }, nothing);
  return add(ofSelections(operation.selectionSet), directivesOf(operation));
}

function add(left: Size, right: Size): Size {
  return {
    depth: Math.max(left.depth, right.depth),
    aliases: left.aliases + right.aliases,
    rootFields: left.rootFields + right.rootFields,
    directives: left.directives + right.directives,
  };
}

function directivesOf(node: ASTNode): Size {
  const directives = 'directives' in node ? (node.directives?.length ?? 0) : 0;
  return { ...nothing, directives };
}
