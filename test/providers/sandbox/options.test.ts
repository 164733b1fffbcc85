import { describe, expect, it } from 'vitest';
import type { GatewayError } from '../../../src/domain/errors.ts';
import type { JsonObject, JsonValue } from '../../../src/domain/json.ts';
import { faultNames } from '../../../src/providers/sandbox/faults.ts';
import { readOptions } from '../../../src/providers/sandbox/options.ts';
import { eventsOf, sandboxWorld, withOptions } from './sandboxWorld.ts';

function refusal(sandbox: JsonValue): GatewayError {
  try {
    readOptions({ sandbox });
  } catch (thrown) {
    // readOptions throws nothing else; the cases look at the code.
    return thrown as GatewayError;
  }
  throw new Error('The options were taken.');
}

const defaults = {
  fault: null,
  after: 12,
  delayMs: 1000,
  times: null,
  offer: null,
  firstTokenMs: 50,
  tokensPerSecond: 200,
  jitterMs: 0,
  seed: null,
  text: null,
  toolCall: null,
};

describe('format sandbox', () => {
  describe('options', () => {
    it('may be left out, whole, one by one, or as null', () => {
      for (const options of [
        {},
        { sandbox: {} },
        { sandbox: null },
        { openai: { user: 'x' } },
        { sandbox: { ...defaults, after: null } },
      ]) {
        expect(readOptions(options as JsonObject)).toEqual(defaults);
      }
    });

    it('are read as the contract writes them', () => {
      const sandbox = {
        fault: 'cut',
        after: 3,
        delayMs: 2000,
        times: 1,
        offer: null,
        firstTokenMs: 0,
        tokensPerSecond: 0.5,
        jitterMs: 4,
        seed: -7,
        text: 'x',
        toolCall: 'a',
      };
      expect(readOptions({ sandbox })).toEqual({ ...sandbox, toolCall: ['a'] });
    });

    it.each([
      ['after', [-1, 1.5, '3', true, [], {}]],
      ['delayMs', [-1, 0.5, '3', 3_600_001]],
      ['times', [-1, 0.5, 'twice']],
      ['offer', ['sandbox-c', 1, '']],
      ['firstTokenMs', [-1, '50']],
      ['tokensPerSecond', [-1, 0.001, '200', Number.POSITIVE_INFINITY]],
      ['jitterMs', [-1, 'some']],
      ['seed', [0.5, '7', 2 ** 60]],
      ['text', [1, {}, ['x']]],
      ['toolCall', [1, [], [1], {}]],
    ] satisfies [string, JsonValue[]][])('%s of a wrong kind is refused by name', (name, values) => {
      for (const value of values) {
        const error = refusal({ [name]: value });
        expect([error.code, error.details]).toEqual(['INVALID_REQUEST', { field: `providerOptions.sandbox.${name}` }]);
        expect(error.message).toMatch(new RegExp(`^providerOptions\\.sandbox\\.${name} must be `));
      }
    });

    it('with an unknown fault are refused with the list of faults', () => {
      for (const fault of ['explode', 'toString', '', 7]) {
        const error = refusal({ fault });
        expect([error.code, error.details['allowed']]).toEqual(['INVALID_REQUEST', faultNames]);
        for (const name of faultNames) expect(error.message).toContain(name);
      }
    });

    it('never stand in an error with their value', () => {
      expect(refusal({ after: 'my secret' }).message).not.toContain('secret');
      expect(refusal({ fault: 'my secret' }).message).not.toContain('secret');
    });

    it('must be an object', () => {
      for (const sandbox of ['cut', 7, true, ['cut']]) expect(refusal(sandbox).code).toBe('INVALID_REQUEST');
    });

    it('fail a call before it starts', async () => {
      await expect(sandboxWorld().complete({ prompt: withOptions({ after: 'x' }) })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
      await expect(sandboxWorld().embed({ providerOptions: { sandbox: { fault: 'x' } } })).rejects.toMatchObject({
        code: 'INVALID_REQUEST',
      });
    });

    it('that are unknown are ignored with a warning', async () => {
      const batches = await sandboxWorld().complete({ prompt: withOptions({ fualt: 'cut', speed: 1 }) });
      expect(eventsOf(batches, 'warning').map(({ message }) => message)).toEqual([
        'The sandbox has no option "fualt" (and 1 more): ignored.',
      ]);
    });
  });
});
