import { getDirective, MapperKind, mapSchema } from '@graphql-tools/utils';
import type { GraphQLSchema } from 'graphql';
import { auth } from './auth.ts';
import { costRouted } from './costRouted.ts';
import type { FieldConfig, SchemaDirective } from './directive.ts';
import { publicField } from './public.ts';
import { quota } from './quota.ts';

/**
 * Innermost first. Who asks is settled before anything else is looked at; then that the operation was admitted; only then is it worth
 * working out how the call is routed.
 */
export const schemaDirectives: readonly SchemaDirective[] = [costRouted, quota, publicField, auth];

/** The schema with its directives at work. Throws when a root field says neither `@auth` nor `@public`, or both: what was forgotten must not be open. */
export function applyDirectives(schema: GraphQLSchema): GraphQLSchema {
  checkAccess(schema);
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (field: FieldConfig) =>
      schemaDirectives.reduce((wrapped, directive) => {
        const [args] = getDirective(schema, field, directive.name) ?? [];
        return args === undefined ? wrapped : directive.apply(wrapped, args);
      }, field),
  });
}

function checkAccess(schema: GraphQLSchema): void {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const unclear = roots.flatMap((type) =>
    Object.values(type?.getFields() ?? {})
      .filter((field) => (getDirective(schema, field, 'auth') === undefined) === (getDirective(schema, field, 'public') === undefined))
      .map((field) => `${type?.name}.${field.name}`),
  );
  if (unclear.length > 0) throw new Error(`A root field carries either @auth or @public: ${unclear.join(', ')}.`);
}
