import type { IncomingMessage } from 'node:http';

const eventStream = 'text/event-stream';

/**
 * Whether the client would rather have events than one answer (RFC 9110, section 12.5.1: by weight, then as listed). Some clients name all media
 * types they can read with every request.
 */
export function asksForEvents({ headers }: IncomingMessage): boolean {
  const { accept } = headers;
  if (accept === undefined || !accept.toLowerCase().includes(eventStream)) return false;
  const [best] = readAccept(accept)
    .filter(({ type }) => type === eventStream || type.startsWith('application/'))
    .sort((one, other) => other.weight - one.weight);
  return best?.type === eventStream && best.weight > 0;
}

const answerable = new Set(['*/*', 'application/*', 'application/json', 'application/graphql-response+json', eventStream]);

/** Whether the client takes any form that we can answer in: to be asked before anything runs that may cost money. */
export function acceptsAnswer({ headers }: IncomingMessage): boolean {
  if (headers.accept === undefined) return true;
  return readAccept(headers.accept).some(({ type, weight }) => weight > 0 && answerable.has(type));
}

function readAccept(accept: string): { readonly type: string; readonly weight: number }[] {
  return accept
    .toLowerCase()
    .split(',')
    .map((range) => {
      const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
      const weight = parameters.find((parameter) => parameter.startsWith('q='));
      return { type, weight: weight === undefined ? 1 : Number(weight.slice(2)) || 0 };
    });
}
