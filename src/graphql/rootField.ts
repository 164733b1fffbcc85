import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLField,
  GraphQLObjectType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';
import { GraphQLIncludeDirective, GraphQLSkipDirective, getArgumentValues, getDirectiveValues, Kind } from 'graphql';

/** Where a field stands in a running operation: the part of GraphQL's resolve info that directives are read from. */
export interface FieldPlace {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fieldNodes: readonly FieldNode[];
  readonly variableValues: { readonly [name: string]: unknown };
}

/** A field of the operation's root, as it will be executed. */
export interface RootField extends FieldPlace {
  /** Its name in the answer: the alias, else the field's own. */
  readonly key: string;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly args: Readonly<Record<string, unknown>>;
}

/** An operation whose variables have been coerced. */
export interface OperationPlace {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variableValues: { readonly [name: string]: unknown };
}

export function responseKey(node: FieldNode): string {
  return node.alias?.value ?? node.name.value;
}

/** The name in the answer of the field that is being resolved. */
export function keyOf({ fieldNodes: [node] }: Pick<FieldPlace, 'fieldNodes'>): string {
  return node === undefined ? '' : responseKey(node);
}

/** The path of one of a field's `inputs`. */
export function inputPath(index: number): string {
  return `inputs[${index}]`;
}

/** Tells a call from the others of its operation: by its field's name in the answer and the path of its input. */
export function callPlace(key: string, path: string): string {
  return `${key}.${path}`;
}

/** The fields that the operation's root will have, through fragments, @skip and @include. A field whose arguments do not hold is left to the executor, which says why. */
export function collectRootFields(place: OperationPlace): readonly RootField[] {
  const type = place.schema.getRootType(place.operation.operation);
  if (type === undefined || type === null) return [];
  const nodesByKey = new Map<string, FieldNode[]>();
  for (const node of fieldNodes(place)) {
    const key = responseKey(node);
    const nodes = nodesByKey.get(key);
    if (nodes === undefined) nodesByKey.set(key, [node]);
    else nodes.push(node);
  }
  return [...nodesByKey].flatMap(([key, nodes]) => toRootField(place, type, { key, nodes }));
}

function toRootField(place: OperationPlace, type: GraphQLObjectType, named: { key: string; nodes: readonly FieldNode[] }): RootField[] {
  const { key, nodes } = named;
  const [node] = nodes;
  const definition = node === undefined ? undefined : type.getFields()[node.name.value];
  if (node === undefined || definition === undefined) return [];
  const { schema, operation, variableValues } = place;
  try {
    const args = getArgumentValues(definition, node, variableValues);
    return [{ key, definition, args, schema, operation, variableValues, fieldNodes: nodes }];
  } catch {
    return [];
  }
}

function fieldNodes(place: OperationPlace): readonly FieldNode[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of place.document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const seen = new Set<string>();
  const walk = (selections: SelectionSetNode): FieldNode[] =>
    selections.selections.flatMap((selection) => {
      if (!isIncluded(selection, place.variableValues)) return [];
      if (selection.kind === Kind.FIELD) return [selection];
      if (selection.kind === Kind.INLINE_FRAGMENT) return walk(selection.selectionSet);
      const name = selection.name.value;
      const fragment = fragments.get(name);
      if (fragment === undefined || seen.has(name)) return [];
      seen.add(name);
      return walk(fragment.selectionSet);
    });
  return walk(place.operation.selectionSet);
}

function isIncluded(node: SelectionNode, variableValues: { readonly [name: string]: unknown }): boolean {
  if (node.directives === undefined || node.directives.length === 0) return true;
  if (getDirectiveValues(GraphQLSkipDirective, node, variableValues)?.['if'] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, variableValues)?.['if'] !== false;
}
