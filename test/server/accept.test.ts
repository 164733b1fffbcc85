import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { asksForEvents } from '../../src/server/accept.ts';

function requestWith(accept: string): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  request.headers.accept = accept;
  return request;
}

test.each([
  ['text/event-stream', true],
  ['Text/Event-Stream; charset=utf-8', true],
  ['text/event-stream, multipart/mixed', true],
  ['text/event-stream, application/json;q=0.5', true],
  ['application/json;q=0.5, text/event-stream', true],
  // What urql sends with every query.
  ['application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed', false],
  ['application/json, text/event-stream;q=0.9', false],
  ['text/event-stream;q=0', false],
  ['*/*', false],
])('%s asks for events: %s', (accept, asked) => {
  expect(asksForEvents(requestWith(accept))).toBe(asked);
});
