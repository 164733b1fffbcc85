import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { Message, Tool } from '../../../src/domain/message.ts';
import type { Prompt } from '../../../src/domain/prompt.ts';
import type { Batch } from './sandboxWorld.ts';
import { endOf, eventsOf, prompt, sandboxWorld, textIn, user, withOptions } from './sandboxWorld.ts';

const parameters = {
  type: 'object',
  properties: { city: { type: 'string' }, days: { type: 'integer', minimum: 1, maximum: 7 } },
  required: ['city', 'days'],
};
const tools: readonly Tool[] = [
  { name: 'get_weather', description: null, parameters, strict: null },
  { name: 'get_time', description: null, parameters: {}, strict: null },
];

interface Called {
  readonly id: string | null;
  readonly name: string | null;
  readonly arguments: string;
}

/** The calls, their fragments joined by index. */
function callsIn(batches: readonly Batch[]): readonly Called[] {
  const calls: Called[] = [];
  for (const event of eventsOf(batches, 'toolCall')) {
    const call = calls[event.index] ?? { id: event.id, name: event.name, arguments: '' };
    calls[event.index] = { ...call, arguments: call.arguments + event.arguments };
  }
  return calls;
}

async function namesCalled(changes: Partial<Prompt>, options: JsonObject = {}): Promise<readonly (string | null)[]> {
  const batches = await sandboxWorld().complete({ prompt: withOptions(options, { tools, ...changes }) });
  return callsIn(batches).map(({ name }) => name);
}

describe('format sandbox', () => {
  describe('a tool call', () => {
    it('comes in fragments that join to arguments by the schema, and ends the answer', async () => {
      const batches = await sandboxWorld().complete({ prompt: prompt({ tools, toolChoice: { type: 'required' } }) });
      const [call, ...others] = callsIn(batches);
      expect(others).toEqual([]);
      expect(call).toMatchObject({ id: expect.stringMatching(/^call_[0-9a-f]{8}_0$/), name: 'get_weather' });
      expect(JSON.parse(call?.arguments ?? '')).toEqual({ city: expect.any(String), days: expect.any(Number) });
      const fragments = eventsOf(batches, 'toolCall');
      expect(fragments.length).toBeGreaterThan(5);
      expect(fragments.slice(1).every(({ id, name }) => id === null && name === null)).toBe(true);
      expect(textIn(batches)).toBe('');
      expect(endOf(batches)).toEqual({
        finished: { type: 'finished', reason: 'TOOL_CALLS', providerReason: 'tool_calls' },
        outputTokens: fragments.length,
      });
    });

    it('has an object for arguments whatever the schema says', async () => {
      for (const schema of [{}, true, null, { type: 'string' }, { enum: [7] }]) {
        const odd = [{ name: 'odd', description: null, parameters: schema, strict: null }];
        const batches = await sandboxWorld().complete({ prompt: prompt({ tools: odd, toolChoice: { type: 'required' } }) });
        expect(callsIn(batches)[0]?.arguments).toBe('{}');
      }
    });

    it('is made where the choice or the message asks for it', async () => {
      expect(await namesCalled({ toolChoice: { type: 'tool', name: 'get_time' } })).toEqual(['get_time']);
      expect(await namesCalled({ toolChoice: { type: 'required' }, messages: [user('Call get_time.')] })).toEqual(['get_time']);
      expect(await namesCalled({ toolChoice: { type: 'auto' }, messages: [user('Please Get_Time now')] })).toEqual(['get_time']);
      expect(await namesCalled({ messages: [user('get_time')] })).toEqual(['get_time']);
    });

    it('is not made where nothing asks for it, or the choice forbids it', async () => {
      expect(await namesCalled({ toolChoice: { type: 'auto' } })).toEqual([]);
      expect(await namesCalled({ toolChoice: { type: 'none' }, messages: [user('get_time')] })).toEqual([]);
      expect(await namesCalled({ toolChoice: { type: 'required' }, tools: [] })).toEqual([]);
      expect(await namesCalled({ messages: [user('get_time'), { ...user('get_time'), role: 'ASSISTANT' }] })).toEqual([]);
    });

    it('is made by the option, several in parallel', async () => {
      expect(await namesCalled({}, { toolCall: 'get_time' })).toEqual(['get_time']);
      expect(await namesCalled({}, { toolCall: ['get_time', 'get_weather', 'get_time'] })).toEqual(['get_time', 'get_weather', 'get_time']);
      expect(await namesCalled({ messages: [user('get_weather, then get_time')] })).toEqual(['get_weather', 'get_time']);
    });

    it('stays one where parallel calls are forbidden', async () => {
      expect(await namesCalled({ parallelToolCalls: false }, { toolCall: ['get_time', 'get_weather'] })).toEqual(['get_time']);
      expect(await namesCalled({ parallelToolCalls: false, messages: [user('get_weather, then get_time')] })).toEqual(['get_weather']);
    });

    it('has ids of its own', async () => {
      const batches = await sandboxWorld().complete({ prompt: withOptions({ toolCall: ['get_time', 'get_time'] }, { tools }) });
      expect(new Set(callsIn(batches).map(({ id }) => id)).size).toBe(2);
    });

    it('of a tool that the prompt lacks is refused without its name', async () => {
      const failure = namesCalled({ toolChoice: { type: 'tool', name: 'secret_tool' } });
      await expect(failure).rejects.toMatchObject({ code: 'INVALID_REQUEST', details: { field: 'toolChoice' } });
      await expect(failure).rejects.not.toThrow('secret');
      await expect(namesCalled({}, { toolCall: 'other' })).rejects.toMatchObject({
        details: { field: 'providerOptions.sandbox.toolCall' },
      });
    });

    it('is cut by maxOutputTokens like a text', async () => {
      const batches = await sandboxWorld().complete({ prompt: withOptions({ toolCall: 'get_weather' }, { tools }), maxOutputTokens: 4 });
      expect(endOf(batches)).toMatchObject({ finished: { reason: 'LENGTH' }, outputTokens: 4 });
    });
  });

  it('answers a tool result with text, so that the conversation ends', async () => {
    const asked = prompt({ tools, toolChoice: { type: 'required' }, messages: [user('How is the weather?')] });
    const [call] = callsIn(await sandboxWorld().complete({ prompt: asked }));
    const conversation: readonly Message[] = [
      ...asked.messages,
      {
        role: 'ASSISTANT',
        parts: [{ type: 'toolCall', id: call?.id ?? '', name: call?.name ?? '', arguments: call?.arguments ?? '' }],
        name: null,
      },
      {
        role: 'TOOL',
        parts: [{ type: 'toolResult', toolCallId: call?.id ?? '', parts: [{ type: 'text', text: 'Sun' }], isError: false }],
        name: null,
      },
    ];
    const batches = await sandboxWorld().complete({ prompt: { ...asked, messages: conversation } });
    expect(callsIn(batches)).toEqual([]);
    expect(textIn(batches)).toContain('"How is the weather"');
  });
});
