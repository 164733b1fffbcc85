import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { documentFile, withTables } from '../../scripts/providersDocument.ts';

it('docs/providers.md has the tables as the code has them (npm run providers:table)', () => {
  const page = readFileSync(documentFile, 'utf8');
  expect(page).toBe(withTables(page));
});
