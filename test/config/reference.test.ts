import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { referenceFile, schemaFile, schemaText, withReference } from '../../scripts/configReference.ts';
import { knownProviders } from '../../src/providers/known.ts';

const root = resolve(import.meta.dirname, '../..');
const page = readFileSync(resolve(root, referenceFile), 'utf8');

describe('what is made from the schema is current (npm run config:schema)', () => {
  it('the JSON Schema for editors', () => {
    expect(readFileSync(resolve(root, schemaFile), 'utf8')).toBe(schemaText());
  });

  it('the tables of settings', () => {
    expect(page).toBe(withReference(page));
  });
});

describe('the page of the configuration', () => {
  it('lists every known provider with its variable', () => {
    for (const { id, variable } of knownProviders) expect(page).toContain(`| \`${id}\` | \`${variable}\` |`);
  });
});
