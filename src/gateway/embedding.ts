import type { EmbeddingRequest, Embeddings } from '../domain/embedding.ts';
import { GatewayError, toGatewayError } from '../domain/errors.ts';
import type { CompletionId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import { utf8Bytes } from '../domain/prompt.ts';
import { checkTags } from '../domain/tag.ts';
import type { Vault } from '../ports/vault.ts';
import { openAccount } from './account.ts';
import { firstAttempt } from './attemptOrder.ts';
import { callStart } from './callStart.ts';
import { runEmbeddingCall } from './embeddingCall.ts';
import { groupAlike, inputBytes, mostInputs, shareAdmissions, splitAnswer } from './embeddingGroup.ts';
import type { Caller, EmbeddingService, OperationAdmission } from './gateway.ts';
import type { IdempotencyBook } from './idempotency.ts';
import { resolveModels } from './models.ts';
import type { Ranking } from './router.ts';
import { noRoute } from './router.ts';
import type { CallSources } from './source.ts';

export interface EmbeddingSources extends CallSources {
  readonly idempotency: IdempotencyBook<Embeddings>;
  readonly vault: Vault;
}

/** Who asks, and the room there is for it. */
interface Asking {
  readonly caller: Caller;
  readonly admission: OperationAdmission;
}

/** Several requests of one caller; those that differ only in their inputs share one provider call. */
export function createEmbeddings(sources: EmbeddingSources): EmbeddingService {
  return {
    async embed(caller, requests, admission) {
      const results: (Embeddings | Error)[] = requests.map(() => new GatewayError('INTERNAL', 'The request was not answered.'));
      const embedOne = async ({ requests: group, places }: ReturnType<typeof groupAlike>[number]) => {
        const answers = await embedOnce(sources, { caller, admission }, group).catch((error: unknown) =>
          group.map(() => toGatewayError(error)),
        );
        for (const [index, place] of places.entries()) results[place] = answers[index] ?? results[place] ?? toGatewayError(null);
      };
      await Promise.all(groupAlike(requests).map(embedOne));
      return results;
    },
  };
}

/** A request with a key of its caller's stands alone, and is answered once. */
async function embedOnce(sources: EmbeddingSources, asking: Asking, requests: readonly EmbeddingRequest[]): Promise<readonly Embeddings[]> {
  const newId = () => toId<CompletionId>(sources.ids.next());
  const [request] = requests;
  const key = request?.idempotencyKey ?? null;
  if (request === undefined || key === null) return embedGroup(sources, { ...asking, id: newId() }, requests);
  const { organizationId, apiKeyId } = asking.caller.principal;
  const use = { organizationId, apiKeyId, key, mark: sources.vault.mark(canonical(request)), waitMs: request.timeouts.totalMs };
  return [await sources.idempotency.once(use, async (id) => only(await embedGroup(sources, { ...asking, id }, requests)))];
}

/** A text that is equal for requests that mean the same work, and for no completion's. */
function canonical({ idempotencyKey: _, timeouts: __, ...work }: EmbeddingRequest): string {
  return JSON.stringify(['embeddings', work], (_name, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
}

function only([embeddings]: readonly Embeddings[]): Embeddings {
  if (embeddings === undefined) throw new GatewayError('INTERNAL', 'The request was not answered.');
  return embeddings;
}

async function embedGroup(
  sources: CallSources,
  { caller, admission, id }: Asking & { readonly id: CompletionId },
  requests: readonly EmbeddingRequest[],
): Promise<readonly Embeddings[]> {
  const [request, ...others] = requests;
  if (request === undefined) return [];
  const snapshot = sources.catalog.current();
  const { alias, ranking } = rankOffers(sources, caller, requests);
  if (ranking.routes.length === 0) throw noRoute(ranking.considered);
  const take = () => admission.take({ model: request.model, tags: request.tags });
  const start = callStart(sources, caller, { id, request, alias, streamed: false, operation: 'EMBEDDING' });
  const account = openAccount(sources, start, shareAdmissions([take(), ...others.map(take)]));
  try {
    const first = await firstAttempt({ routes: ranking.routes, account, maxOutputTokens: 0 });
    const inputs = requests.flatMap((one) => one.inputs);
    return splitAnswer(await runEmbeddingCall(sources, { id: start.id, request, inputs, snapshot, ranking, account, first }), requests);
  } catch (error) {
    account.abandon();
    throw error;
  }
}

function rankOffers(
  sources: CallSources,
  { principal }: Caller,
  requests: readonly EmbeddingRequest[],
): { readonly alias: string | null; readonly ranking: Ranking } {
  const [request] = requests;
  if (request === undefined) throw new GatewayError('INVALID_REQUEST', 'There is nothing to embed.');
  checkTags(request.tags);
  checkInputs(requests);
  const { model, route, maxCost } = request;
  const { alias, models } = resolveModels(sources, principal, { model, kind: 'EMBEDDING', fallbacks: route.fallbacks });
  const bytes = requests.reduce((sum, one) => sum + inputBytes(one), 0);
  const longestBytes = requests.flatMap(({ inputs }) => inputs).reduce((most, input) => Math.max(most, utf8Bytes(input)), 0);
  const question = { preferences: route, bytes, likelyBytes: bytes, longestBytes, maxOutputTokens: 0, needed: [], wished: [], maxCost };
  return {
    alias,
    ranking: sources.router.rank(models, question),
  };
}

function checkInputs(requests: readonly EmbeddingRequest[]): void {
  if (requests.some(({ inputs }) => inputs.length === 0))
    throw new GatewayError('INVALID_REQUEST', '`inputs` must have at least one text.');
  const count = requests.reduce((sum, { inputs }) => sum + inputs.length, 0);
  if (count > mostInputs) throw new GatewayError('INVALID_REQUEST', `One call embeds at most ${mostInputs} texts.`);
}
