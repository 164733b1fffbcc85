import { globSync, readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { examplesFor } from '../../web/src/examples.ts';

const sdl = globSync('schema/*.graphql').map((file) => readFileSync(file, 'utf8'));
// Federation's own directives are declared where the subgraph is built.
const schema = buildSchema(sdl.join('\n'), { assumeValidSDL: true });
const examples = examplesFor(new Date('2026-03-17T15:00:00Z'));

test.each(examples.map(({ title, query }) => [title, query]))('%s is valid against the schema', (_, query) => {
  expect(validate(schema, parse(query))).toEqual([]);
});

test('the usage report reaches from 30 days ago to the end of the month', () => {
  const [variables] = examples.flatMap(({ variables: text }) => (text === undefined ? [] : [JSON.parse(text)]));
  expect(variables).toEqual({ from: '2026-02-15T00:00:00.000Z', to: '2026-04-01T00:00:00.000Z' });
});
