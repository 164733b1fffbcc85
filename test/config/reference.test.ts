import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { referenceFile, schemaFile, schemaText, withReference } from '../../scripts/configReference.ts';

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
