import type { CallSubject } from '../gateway/gateway.ts';
import type { GraphContext } from './context.ts';
import { isAllowed } from './directives/auth.ts';
import { drawsQuota } from './directives/quota.ts';
import type { OperationPlace, RootField } from './rootField.ts';
import { collectRootFields } from './rootField.ts';

/**
 * Before anything of an operation runs, on every transport: one admission for all calls it will make, or for none of them. A field that the
 * caller may not use draws nothing; it fails when it is executed. Rejects with what the gateway's admission throws.
 */
export async function admitOperation(place: OperationPlace, context: GraphContext): Promise<void> {
  if (context.caller === null || place.operation.operation === 'query') return;
  const calls = collectRootFields(place).filter(({ definition }) => drawsQuota(definition) && isAllowed(definition, context.caller));
  if (calls.length === 0) return;
  context.calls = calls;
  context.admission = await context.gateway.admission.admit(context.caller, calls.flatMap(subjectsOf));
}

/** A field makes one call for its `input`, or one for each of its `inputs`. */
function subjectsOf({ args }: RootField): readonly CallSubject[] {
  const inputs: readonly unknown[] = Array.isArray(args['inputs']) ? args['inputs'] : [args['input']];
  return inputs.filter(isCallInput).map(({ model, tags }) => ({
    model,
    tags: (tags ?? []).map(({ name, value }) => ({ name, value })),
  }));
}

/** The schema has checked the rest: every input of a field with `@quota` has a `model` and may have `tags`. */
function isCallInput(value: unknown): value is { readonly model: string; readonly tags?: CallSubject['tags'] | null } {
  return typeof value === 'object' && value !== null && 'model' in value && typeof value.model === 'string';
}
