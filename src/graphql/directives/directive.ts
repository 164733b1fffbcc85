import type { GraphQLFieldConfig, GraphQLFieldResolver } from 'graphql';
import type { GraphContext } from '../context.ts';

export type FieldConfig = GraphQLFieldConfig<unknown, GraphContext>;
export type FieldResolver = GraphQLFieldResolver<unknown, GraphContext>;

/** A directive of the schema and what it does to a field that carries it. */
export interface SchemaDirective {
  readonly name: string;
  /** `args` are the directive's own, as the SDL declares them. Throws when they make no sense there. */
  apply(field: FieldConfig, args: Readonly<Record<string, unknown>>): FieldConfig;
}

/**
 * Puts `wrap` around what answers the field. A subscription's field answers by `subscribe`; its `resolve` only hands on each event
 * and stays bare, because it runs for every one.
 */
export function wrapField(field: FieldConfig, wrap: (inner: FieldResolver) => FieldResolver): FieldConfig {
  if (field.subscribe !== undefined) return { ...field, subscribe: wrap(field.subscribe) };
  const inner = field.resolve;
  if (inner === undefined) throw new Error('A directive stands on a field without a resolver.');
  return { ...field, resolve: wrap(inner) };
}
