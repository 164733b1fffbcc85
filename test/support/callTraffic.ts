import type { GatewayUser, UserCompletion } from './gatewayUser.ts';
import { completed, sandboxInput } from './gatewayUser.ts';

/** What clients have seen of a gateway that died under them. */
export interface Traffic {
  /** Answers that arrived, by id. */
  readonly answered: ReadonlyMap<string, UserCompletion>;
  /** Streams whose beginning arrived. */
  readonly begun: ReadonlySet<string>;
  /** Calls of which nothing more was heard. */
  readonly cut: number;
}

export interface TrafficPlan {
  readonly calls: number;
  readonly parallel: number;
  /** Called at each answer with how many there are. */
  readonly onAnswer: (answered: number) => void;
}

/** Every other call is a stream. Ends when all calls are made, or when the first ones are cut. */
export async function makeCalls(user: GatewayUser, { calls, parallel, onAnswer }: TrafficPlan): Promise<Traffic> {
  const answered = new Map<string, UserCompletion>();
  const begun = new Set<string>();
  let next = 0;
  let cut = 0;

  async function call(number: number): Promise<void> {
    const input = sandboxInput({ firstTokenMs: 5, tokensPerSecond: 2000, seed: number }, { maxOutputTokens: 5 + (number % 30) });
    const answer = await (number % 2 === 0 ? complete(input) : stream(input));
    answered.set(answer.id, answer);
    onAnswer(answered.size);
  }
  async function complete(input: Parameters<GatewayUser['completions']>[0]): Promise<UserCompletion> {
    return (await user.get(completed, { input })).createCompletion;
  }
  async function stream(input: Parameters<GatewayUser['completions']>[0]): Promise<UserCompletion> {
    for await (const { completionId, completion } of user.completions(input)) {
      begun.add(completionId);
      if (completion !== undefined) return completion;
    }
    throw new Error('The stream ended without an end.');
  }
  async function work(): Promise<void> {
    while (next < calls && cut === 0) {
      const number = next++;
      await call(number).catch(() => {
        cut += 1;
      });
    }
  }
  await Promise.all(Array.from({ length: parallel }, work));
  return { answered, begun, cut };
}
