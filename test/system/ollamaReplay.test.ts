import { createProvider } from '../../src/providers/registry.ts';
import { createClock } from '../../src/system/clock.ts';
import { eventsUntil } from '../conformance/eventEnds.ts';
import { describeProvider } from '../conformance/provider.ts';
import { answers, refusals } from '../providers/ollama/fixtures.ts';
import { settingsOf } from '../support/providerCall.ts';

describeProvider({
  folder: 'ollama',
  create: (baseUrl) => createProvider(settingsOf({ baseUrl: baseUrl.replace(/\/v1$/, ''), format: 'ollama' }), { clock: createClock() }),
  answers,
  refusals,
  wholeEvents: eventsUntil(['\n']),
  malformedEvent: '{"message":{"content":\n',
  endlessEvent: '{"message":{"role":"assistant","content":"',
});
