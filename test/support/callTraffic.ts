import type { GatewayUser, UserCompletion, Variables } from './gatewayUser.ts';
import { completed } from './gatewayUser.ts';

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
  readonly input: Variables;
  readonly parallel: number;
  /** Called at each answer with how many there are. */
  readonly onAnswer: (answered: number) => void;
}

/** Every other call is a stream. Ends when the first ones are cut. */
export async function makeCalls(user: GatewayUser, { input, parallel, onAnswer }: TrafficPlan): Promise<Traffic> {
  const answered = new Map<string, UserCompletion>();
  const begun = new Set<string>();
  let next = 0;
  let cut = 0;

  async function call(number: number): Promise<void> {
    const answer = await (number % 2 === 0 ? complete() : stream());
    answered.set(answer.id, answer);
    onAnswer(answered.size);
  }
  async function complete(): Promise<UserCompletion> {
    return (await user.get(completed, { input })).createCompletion;
  }
  async function stream(): Promise<UserCompletion> {
    for await (const { completionId, completion } of user.completions(input)) {
      begun.add(completionId);
      if (completion !== undefined) return completion;
    }
    throw new Error('The stream ended without an end.');
  }
  async function work(): Promise<void> {
    while (cut === 0) {
      const number = next++;
      await call(number).catch(() => {
        cut += 1;
      });
    }
  }
  await Promise.all(Array.from({ length: parallel }, work));
  return { answered, begun, cut };
}
