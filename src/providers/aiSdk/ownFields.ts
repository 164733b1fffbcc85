/** What packages put into a request's body, and the gateway's promises hang on, without what its spelling may add. */
const own = new Set(['model', 'modelid', 'messages', 'input', 'prompt', 'system', 'instructions', 'stream', 'n', 'numpredict']);

/** Whether a field, however it is spelled, is the gateway's to set: a cap by any name could undo that of a budget. */
export function isOwnField(field: string): boolean {
  const name = field.toLowerCase().replaceAll(/[_-]/g, '');
  return own.has(name) || /^max.*tokens?$/.test(name);
}
