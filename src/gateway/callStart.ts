import type { CompletionId } from '../domain/id.ts';
import type { Tag } from '../domain/tag.ts';
import type { CallStart, Operation } from '../domain/usageEvent.ts';
import { callUser } from './callUser.ts';
import type { Caller } from './gateway.ts';
import type { CallSources } from './source.ts';

export interface AskedCall {
  readonly id: CompletionId;
  readonly request: { readonly model: string; readonly tags: readonly Tag[]; readonly endUser: string | null };
  readonly alias: string | null;
  readonly streamed: boolean;
  readonly operation: Operation;
}

/** The first line of a call's account: who asks for what, and when. */
export function callStart(
  { clock, replicaId }: CallSources,
  { principal }: Caller,
  { id, request, alias, streamed, operation }: AskedCall,
): CallStart {
  const { organizationId, teamId, apiKeyId, holder } = principal;
  return {
    id,
    replicaId,
    startedAt: clock.now(),
    operation,
    streamed,
    organizationId,
    teamId,
    userId: callUser(principal, request.endUser),
    apiKeyId,
    holder,
    endUser: request.endUser,
    tags: request.tags,
    requestedModel: request.model,
    alias,
  };
}
