import type { CallSubject } from '../gateway/callAdmission.ts';
import type { GraphContext } from './context.ts';
import { isAllowed } from './directives/auth.ts';
import { refuseForbidden } from './directives/forbidden.ts';
import { drawsQuota } from './directives/quota.ts';
import { limitedCalls, operationLimit } from './limitedCall.ts';
import type { OperationPlace, RootField } from './rootField.ts';
import { callPlace, collectRootFields, inputPath } from './rootField.ts';

/**
 * Before anything of an operation runs, on every transport: one admission for all calls it will make, or for none of them. A field that the
 * caller may not use draws nothing; it fails when it is executed. Rejects with what the gateway's admission throws,
 * and with DIRECTIVE_FORBIDDEN.
 */
export async function admitOperation(place: OperationPlace, context: GraphContext): Promise<void> {
  if (context.caller === null) return;
  const forbidden = context.caller.principal.rules?.forbidden ?? [];
  const isQuery = place.operation.operation === 'query';
  if (isQuery && forbidden.length === 0) return;
  const fields = collectRootFields(place);
  refuseForbidden({ operation: place.operation, fields }, forbidden);
  if (isQuery) return;
  const calls = fields.filter(({ definition }) => drawsQuota(definition) && isAllowed(definition, context.caller));
  if (calls.length === 0) return;
  context.calls = calls;
  const limit = operationLimit(place);
  const subjects = calls.flatMap((field) => subjectsOf(field, limitedCalls(field, limit, context)));
  context.admission = await context.gateway.admission.admit(context.caller, subjects);
}

/** A field makes one call for its `input`, or one for each of its `inputs`. */
function subjectsOf({ key, args }: RootField, costOf: ReturnType<typeof limitedCalls>): readonly CallSubject[] {
  const given = args['inputs'];
  const inputs: readonly unknown[] = Array.isArray(given) ? given : [args['input']];
  return inputs.flatMap((input, index) => {
    if (!isCallInput(input)) return [];
    const path = Array.isArray(given) ? inputPath(index) : 'input';
    const tags = (input.tags ?? []).map(({ name, value }) => ({ name, value }));
    return [
      {
        place: callPlace(key, path),
        model: input.model,
        tags,
        endUser: input.endUser ?? null,
        idempotencyKey: input.idempotencyKey ?? null,
        cost: costOf(input, path),
      },
    ];
  });
}

/** The schema has checked the rest: every input of a field with `@quota` has a `model` and may have these. */
interface CallInput {
  readonly model: string;
  readonly tags?: CallSubject['tags'] | null;
  readonly endUser?: string | null;
  readonly idempotencyKey?: string | null;
}

function isCallInput(value: unknown): value is CallInput {
  return typeof value === 'object' && value !== null && 'model' in value && typeof value.model === 'string';
}
