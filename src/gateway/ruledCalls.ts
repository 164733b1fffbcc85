import type { CompletionRequest } from '../domain/completion.ts';
import { clampCall, clampOutput } from '../domain/keyRules.ts';
import type { Admission, CallSubject } from './callAdmission.ts';
import type { Caller, CompletionService, EmbeddingService, EstimateService } from './gateway.ts';
import type { LimitedRequest } from './limitedCall.ts';

/** All that a call can be asked of. */
export interface Calls {
  readonly admission: Admission;
  readonly completions: CompletionService;
  readonly embeddings: EmbeddingService;
  readonly estimates: EstimateService;
}

/** The same under the rules of the caller's key: whatever a call says, this is the one place at which its key has the last word. */
export function underRules({ admission, completions, embeddings, estimates }: Calls): Calls {
  return {
    admission: {
      admit: (caller, calls) =>
        admission.admit(caller, caller.principal.rules === null ? calls : calls.map((call) => ruledSubject(caller, call))),
    },
    completions: { ...completions, start: (caller, request, options) => completions.start(caller, ruled(caller, request), options) },
    embeddings: {
      embed(caller, asked, options) {
        const { rules } = caller.principal;
        const ruledOnes = rules === null ? asked : asked.map(({ place, request }) => ({ place, request: clampCall(request, rules) }));
        return embeddings.embed(caller, ruledOnes, options);
      },
    },
    estimates: { estimate: (caller, request) => estimates.estimate(caller, ruled(caller, request)) },
  };
}

/** What is priced before a call is what is made then. */
function ruledSubject(caller: Caller, subject: CallSubject): CallSubject {
  const { cost } = subject;
  if (cost === null || cost.request instanceof Error) return subject;
  return { ...subject, cost: { ...cost, request: ruledRequest(caller, cost.request) } };
}

function ruledRequest(caller: Caller, asked: LimitedRequest): LimitedRequest {
  const { rules } = caller.principal;
  if (rules === null) return asked;
  if (asked.operation === 'EMBEDDING') return { ...asked, request: clampCall(asked.request, rules) };
  return { ...asked, request: ruled(caller, asked.request) };
}

function ruled({ principal: { rules } }: Caller, request: CompletionRequest): CompletionRequest {
  if (rules === null) return request;
  return { ...clampCall(request, rules), maxOutputTokens: clampOutput(request.maxOutputTokens, rules) };
}
