import type { EmbeddingRequest, Embeddings } from '../../src/domain/embedding.ts';
import { GatewayError } from '../../src/domain/errors.ts';
import { toId } from '../../src/domain/id.ts';
import { noUsage } from '../../src/domain/usage.ts';
import type { Caller } from '../../src/gateway/gateway.ts';
import type { EmbeddingCall } from '../../src/ports/provider.ts';
import type { House, HouseSettings } from './house.ts';
import { embeddingOf, house } from './house.ts';

/** How long the providers take. */
export const answerMs = 30;

interface Sent extends EmbeddingCall {
  readonly signal: AbortSignal;
  /** Null while it is under way. */
  tokens: number | null;
}

/** A house whose providers embed a text as its length and first letter after a while, and refuse `bad`. */
export function joining(settings: HouseSettings = {}) {
  const world = house(settings);
  const sent: Sent[] = [];
  for (const [name, adapter] of [
    ['one', world.catalog.one],
    ['two', world.catalog.two],
  ] as const) {
    Object.assign(adapter, {
      async embed(call: EmbeddingCall, signal: AbortSignal) {
        const entry: Sent = { ...call, signal, tokens: null };
        sent.push(entry);
        await pause(world, signal);
        if (call.inputs.includes('bad')) throw new GatewayError('UPSTREAM_REFUSED', 'The provider refuses the request.');
        if (name === 'one' && call.inputs.includes('away')) throw new GatewayError('UPSTREAM_UNAVAILABLE', 'Away.');
        entry.tokens = call.inputs.reduce((sum, text) => sum + Math.ceil(text.length / 3), 0);
        return {
          vectors: call.inputs.map(vectorOf),
          usage: { ...noUsage, inputTokens: entry.tokens, outputTokens: 0 },
          providerRequestId: `${name}-${sent.indexOf(entry)}`,
        };
      },
    });
  }
  return { ...world, sent, texts: () => sent.map(({ inputs }) => inputs) };
}

export type Joining = ReturnType<typeof joining>;

function pause({ clock }: House, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = clock.timer(answerMs, resolve);
    signal.addEventListener('abort', () => {
      timer.clear();
      reject(signal.reason);
    });
  });
}

export function vectorOf(text: string): Float32Array {
  return Float32Array.of(text.length, text.codePointAt(0) ?? 0);
}

/** Another key of the house's organization. */
function callerOf({ caller }: House, name: string, organization?: string): Caller {
  const { principal } = caller;
  const organizationId = organization === undefined ? principal.organizationId : toId<typeof principal.organizationId>(organization);
  return { ...caller, principal: { ...principal, organizationId, id: name, apiKeyId: toId(name), holder: toId(`key:${name}`) } };
}

export interface Asked extends Partial<EmbeddingRequest> {
  readonly organization?: string;
  readonly signal?: AbortSignal;
}

/** Admits one caller's request and runs it. */
export async function ask(world: House, name: string, { organization, signal, ...changes }: Asked): Promise<Embeddings> {
  const caller = callerOf(world, name, organization);
  const request = embeddingOf(changes);
  const subject = { place: 'call.input', model: request.model, tags: request.tags, cost: null };
  using admission = await world.gateway.admission.admit(caller, [subject]);
  const options = { admission, signal: signal ?? new AbortController().signal };
  const [answer] = await world.gateway.embeddings.embed(caller, [{ place: 'call.input', request }], options);
  if (answer === undefined || answer instanceof Error) throw answer ?? new Error('There is no answer.');
  return answer;
}

/** One call that is under way, so that others have somebody to wait for. */
export async function busy(world: Joining): Promise<{ readonly first: Promise<Embeddings> }> {
  const first = ask(world, 'first', { inputs: ['first'] });
  await world.clock.advance(0);
  if (world.sent.length !== 1) throw new Error('The first call was not made at once.');
  return { first };
}

export const texts = (...inputs: readonly string[]) => ({ inputs });
