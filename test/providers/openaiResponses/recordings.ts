import type { FoldedAnswer } from '../../support/foldAnswer.ts';

/** A recorded stream of the provider, one event's JSON a line; a file may hold several, one after the other. */
export interface Recording {
  readonly file: string;
  /** Which of them, from 0. */
  readonly place: number;
  readonly says: Partial<FoldedAnswer>;
}

const steps = 'openai_responses__openai-reasoning-encrypted-content.1';

export const recordings: readonly Recording[] = [
  {
    file: steps,
    place: 0,
    says: {
      text: '',
      reason: 'TOOL_CALLS',
      toolCalls: [{ id: 'call_AB6AaRZ1FYZB2RwS6A5vbdqn', name: 'calculator', arguments: '{"a":12,"b":7,"op":"add"}' }],
    },
  },
  { file: steps, place: 1, says: { text: '', reason: 'TOOL_CALLS' } },
  {
    file: 'openai_responses__parallel-tool-call-wrapper.1',
    place: 0,
    says: {
      reason: 'TOOL_CALLS',
      toolCalls: [
        { id: 'call_parallel_0', name: 'weather', arguments: '{"location":"San Francisco"}' },
        { id: 'call_parallel_1', name: 'cityAttractions', arguments: '{"city":"Rome"}' },
      ],
    },
  },
];
