import type { DirectiveNode } from 'graphql';
import { GatewayError } from '../../domain/errors.ts';
import type { ExecutableDirective } from '../../domain/keyRules.ts';
import { executableDirectives } from '../../domain/keyRules.ts';
import type { OperationPlace, RootField } from '../rootField.ts';
import { isRouted } from './costRouted.ts';

interface Asking {
  readonly operation: OperationPlace['operation'];
  /** Those of the operation's root. */
  readonly fields: readonly RootField[];
}

/** Throws DIRECTIVE_FORBIDDEN when the operation, or one of its fields, carries one of these, or gives the argument of the same meaning. */
export function refuseForbidden({ operation, fields }: Asking, forbidden: readonly ExecutableDirective[]): void {
  const found = forbidden.map((directive) => executableDirectives[directive]).find((name) => isUsed({ operation, fields }, name));
  if (found === undefined) return;
  throw new GatewayError('DIRECTIVE_FORBIDDEN', `The API key may use neither @${found} nor the argument of this name.`, {
    details: { directive: found },
  });
}

function isUsed({ operation, fields }: Asking, name: string): boolean {
  return carries(operation, name) || fields.some((field) => field.fieldNodes.some((node) => carries(node, name)) || gives(field, name));
}

function carries({ directives = [] }: { readonly directives?: readonly DirectiveNode[] }, name: string): boolean {
  return directives.some((directive) => directive.name.value === name);
}

/** Null is "not given". */
function gives({ definition, args }: RootField, name: string): boolean {
  return isRouted(definition) && args[name] !== null && args[name] !== undefined;
}
