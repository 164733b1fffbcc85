import { expect, test } from 'vitest';
import { createHeaderlessStorage } from '../../web/src/storage.ts';
import { createMemoryStorage } from '../support/memoryStorage.ts';

test('history is stored without the headers that were typed', () => {
  const storage = createMemoryStorage();
  const item = { query: '{ models }', variables: '{}', headers: '{"Authorization":"Bearer mg_live_one"}' };
  createHeaderlessStorage(storage).setItem('graphiql:queries', JSON.stringify({ queries: [item] }));
  expect(JSON.parse(storage.getItem('graphiql:queries') ?? '')).toEqual({ queries: [{ query: '{ models }', variables: '{}' }] });
});

test('what is not JSON is stored as it is', () => {
  const storage = createMemoryStorage();
  createHeaderlessStorage(storage).setItem('graphiql:theme', 'dark');
  expect(storage.getItem('graphiql:theme')).toBe('dark');
});

test('clearing takes only what GraphiQL stored', () => {
  const storage = createMemoryStorage();
  storage.setItem('modelgraph:key', 'mg_live_one');
  const headerless = createHeaderlessStorage(storage);
  headerless.setItem('graphiql:theme', 'dark');
  headerless.clear();
  expect(headerless.length).toBe(0);
  expect(storage.getItem('modelgraph:key')).toBe('mg_live_one');
});
