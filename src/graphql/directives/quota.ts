import type { GraphQLField } from 'graphql';
import { admissionOf } from '../context.ts';
import type { SchemaDirective } from './directive.ts';
import { wrapField } from './directive.ts';

const extension = 'quota';

/**
 * `@quota(meters)`: the field draws on the caller's limits. What it draws was taken before execution, by `admission`, for the whole
 * operation; here it is only made sure that nothing runs past that.
 */
export const quota: SchemaDirective = {
  name: 'quota',
  apply(field, args) {
    const guarded = wrapField(field, (inner) => (parent, fieldArgs, context, info) => {
      admissionOf(context);
      return inner(parent, fieldArgs, context, info);
    });
    return { ...guarded, extensions: { ...field.extensions, [extension]: args['meters'] } };
  },
};

export function drawsQuota(field: GraphQLField<unknown, unknown>): boolean {
  return field.extensions[extension] !== undefined;
}
