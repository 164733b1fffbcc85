import type { EmbeddingRequest } from '../domain/embedding.ts';
import { GatewayError, toGatewayError } from '../domain/errors.ts';
import type { CompletionId, OrganizationId } from '../domain/id.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { EmbeddingAnswer, ProviderAdapter } from '../ports/provider.ts';
import { mostInputs } from './embeddingGroup.ts';
import type { EmbeddingShare } from './embeddingShare.ts';
import { refusesOne, shareAnswer } from './embeddingShare.ts';
import { withPatience } from './patience.ts';
import type { Route } from './router.ts';

/** What one admitted caller has to embed, its attempt held and written down. */
export interface EmbeddingPart {
  readonly id: CompletionId;
  readonly organizationId: OrganizationId;
  readonly request: EmbeddingRequest;
  readonly inputs: readonly string[];
  readonly route: Route;
  readonly adapter: ProviderAdapter;
  /** True: it shares its provider call with nobody. */
  readonly alone: boolean;
}

/** A part on its way. */
export interface AskedPart {
  /** Rejects with what the provider's call ended with. */
  readonly answer: Promise<EmbeddingShare>;
  /** Whether the provider was told to stop: then nobody knows what it did. */
  readonly cut: boolean;
  /**
   * Nobody waits for it any more. What has not been sent is not sent; a provider's call that others share goes on, and its answer tells this
   * part's share of the cost; else it is ended.
   */
  leave(): 'GOES_ON' | 'ENDS';
}

/** Makes one provider call of the parts of several callers of one organization that differ in their texts only. */
export interface EmbeddingJoin {
  ask(part: EmbeddingPart): AskedPart;
}

export interface EmbeddingJoinParts {
  readonly clock: Clock;
  /** How long a part waits for others, in milliseconds; 0: never, and nothing is shared. */
  readonly waitMs: () => number;
}

/** A shared call is not to fail for its size where each alone would not; a token has a byte at the least. */
const mostBytes = 262_144;

interface Member extends EmbeddingPart {
  readonly settle: PromiseWithResolvers<EmbeddingShare>;
  left: boolean;
}

/** One provider call: before it is sent, others may join. */
interface Batch {
  readonly members: Member[];
  readonly abort: AbortController;
  sent: boolean;
  timer: Timer | null;
}

/** Parts that may share a call, one after the other. */
interface Lane {
  underWay: number;
  /** The batch that still waits for others. */
  open: Batch | null;
  /** To be called when nothing of it is left. */
  readonly forget: () => void;
}

/**
 * A part waits for others only while a call of its kind is under way: whoever comes first is not delayed, and those who come meanwhile are
 * those there is something to join with.
 */
export function createEmbeddingJoin({ clock, waitMs }: EmbeddingJoinParts): EmbeddingJoin {
  // By adapter, because that is whom a provider's credential belongs to, and a changed configuration has new ones.
  const lanes = new WeakMap<ProviderAdapter, Map<string, Lane>>();
  const batches = new WeakMap<Member, Batch>();

  async function send(batch: Batch): Promise<void> {
    const { members, abort, timer } = batch;
    timer?.clear();
    batch.sent = true;
    try {
      const answer = await withPatience(clock, abort.signal, embed(members, abort.signal));
      for (const [index, share] of shareAnswer(answer, members).entries()) members[index]?.settle.resolve(share);
    } catch (thrown) {
      const error = toGatewayError(thrown);
      if (members.length > 1 && refusesOne(error)) await Promise.all(members.map((member) => retryAlone(member, error)));
      else for (const { settle } of members) settle.reject(error);
    }
  }

  /** One caller's text that the provider refuses does not fail the others. */
  async function retryAlone(member: Member, error: GatewayError): Promise<void> {
    if (member.left) return member.settle.reject(error);
    const batch = openBatch();
    batches.set(member, batch);
    batch.members.push(member);
    await send(batch);
  }

  async function sendIn(lane: Lane, batch: Batch): Promise<void> {
    if (lane.open === batch) lane.open = null;
    lane.underWay++;
    if (batch.members.length > 0) await send(batch);
    lane.underWay--;
    if (lane.underWay === 0 && lane.open === null) lane.forget();
  }

  function place(lane: Lane, member: Member): void {
    if (lane.open !== null && !fits(lane.open, member)) void sendIn(lane, lane.open);
    const batch = lane.open ?? openBatch();
    batch.members.push(member);
    batches.set(member, batch);
    if (lane.open !== null) return;
    if (lane.underWay === 0) return void sendIn(lane, batch);
    lane.open = batch;
    batch.timer = clock.timer(waitMs(), () => void sendIn(lane, batch));
  }

  function laneOf(part: EmbeddingPart): Lane {
    const ofAdapter = lanes.get(part.adapter) ?? new Map<string, Lane>();
    lanes.set(part.adapter, ofAdapter);
    const kind = kindOf(part);
    const lane = ofAdapter.get(kind) ?? { underWay: 0, open: null, forget: () => void ofAdapter.delete(kind) };
    ofAdapter.set(kind, lane);
    return lane;
  }

  return {
    ask(part) {
      const member: Member = { ...part, settle: Promise.withResolvers(), left: false };
      place(part.alone || waitMs() === 0 ? openLane() : laneOf(part), member);
      return {
        answer: member.settle.promise,
        get cut() {
          return batches.get(member)?.abort.signal.aborted ?? false;
        },
        leave() {
          member.left = true;
          const batch = batches.get(member);
          return batch === undefined ? 'ENDS' : leave(batch, member);
        },
      };
    },
  };
}

function openLane(): Lane {
  return { underWay: 0, open: null, forget: () => {} };
}

function openBatch(): Batch {
  return { members: [], abort: new AbortController(), sent: false, timer: null };
}

function leave({ members, abort, sent }: Batch, member: Member): ReturnType<AskedPart['leave']> {
  if (sent && members.some(({ left }) => !left)) return 'GOES_ON';
  if (sent) abort.abort();
  else {
    members.splice(members.indexOf(member), 1);
    member.settle.reject(new GatewayError('CANCELLED', 'The caller left before the provider was asked.'));
  }
  return 'ENDS';
}

function fits({ members }: Batch, { inputs, route }: Member): boolean {
  const count = members.reduce((sum, member) => sum + member.inputs.length, inputs.length);
  const bytes = members.reduce((sum, member) => sum + member.route.inputBound, route.inputBound);
  return count <= mostInputs && bytes <= mostBytes;
}

/** Equal for parts that the provider would be asked the same way. */
function kindOf({ organizationId, route: { offer }, request }: EmbeddingPart): string {
  const { dimensions, endUser, providerOptions } = request;
  return JSON.stringify([organizationId, offer, dimensions, endUser, providerOptions], (_name, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
}

async function embed(members: readonly Member[], signal: AbortSignal): Promise<EmbeddingAnswer> {
  const [first] = members;
  if (first === undefined) throw new GatewayError('INTERNAL', 'The provider was to be asked for nobody.');
  const { id, adapter, route, request } = first;
  const { dimensions, endUser, providerOptions } = request;
  const inputs = members.length === 1 ? first.inputs : members.flatMap((member) => member.inputs);
  const answer = await adapter.embed({ id, offer: route.offer, inputs, dimensions, endUser, providerOptions }, signal);
  if (members.length === 1 || answer.vectors.length === inputs.length) return answer;
  throw new GatewayError('UPSTREAM_MALFORMED', `The provider sent ${answer.vectors.length} vectors for ${inputs.length} texts.`);
}
