import type { GraphQLField } from 'graphql';
import { GatewayError } from '../../domain/errors.ts';
import type { Scope } from '../../domain/principal.ts';
import { allScopes, holdsScopes } from '../../domain/principal.ts';
import type { Caller } from '../../gateway/gateway.ts';
import type { SchemaDirective } from './directive.ts';
import { wrapField } from './directive.ts';

const extension = 'auth';

/** `@auth(scopes)`: the caller holds all of them. */
export const auth: SchemaDirective = {
  name: 'auth',
  apply(field, args) {
    const scopes = readScopes(args['scopes']);
    const guarded = wrapField(field, (inner) => (parent, fieldArgs, context, info) => {
      authorize(context.caller, scopes);
      return inner(parent, fieldArgs, context, info);
    });
    return { ...guarded, extensions: { ...field.extensions, [extension]: scopes } };
  },
};

/** Whether the field would answer this caller: asked before anything is drawn for it. */
export function isAllowed(field: GraphQLField<unknown, unknown>, caller: Caller | null): boolean {
  const scopes = field.extensions[extension];
  return scopes === undefined || (caller !== null && holdsScopes(caller.principal, readScopes(scopes)));
}

/** Throws UNAUTHENTICATED, FORBIDDEN. */
export function authorize(caller: Caller | null, scopes: readonly Scope[]): void {
  if (caller === null) throw new GatewayError('UNAUTHENTICATED', 'Say who asks: `Authorization: Bearer mg_live_…`.');
  if (holdsScopes(caller.principal, scopes)) return;
  throw new GatewayError('FORBIDDEN', `This needs ${scopes.length === 1 ? 'the scope' : 'the scopes'} ${scopes.join(', ')}.`, {
    details: { scopes },
  });
}

function readScopes(value: unknown): readonly Scope[] {
  const names: readonly unknown[] = Array.isArray(value) ? value : [];
  return allScopes.filter((scope) => names.includes(scope));
}
