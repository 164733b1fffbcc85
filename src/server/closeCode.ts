/** What a WebSocket is closed with: codes of RFC 6455 and of GraphQL over WebSocket. */
export const closeCodes = {
  /** The gateway shuts down; another one, or this one later, takes the client back. */
  goingAway: 1001,
  /** A message was larger than its sender may send. */
  tooLarge: 1009,
  /** Something went wrong inside the gateway. */
  internal: 1011,
  /** Come again later: the reader was too slow, a limit was reached, or the gateway could not look up the key. */
  tryLater: 1013,
  /** The credential was refused. graphql-ws takes it as final, where it would try 4403 again for half a minute. */
  unauthorized: 4401,
  /** No `connection_init` came in time. */
  initTimeout: 4408,
} as const;

const mostReasonBytes = 123;

/** RFC 6455, section 5.5: a control frame holds 125 bytes, two of them the code. */
export function closeReason(sentence: string): string {
  if (Buffer.byteLength(sentence) <= mostReasonBytes) return sentence;
  let short = sentence;
  while (Buffer.byteLength(short) > mostReasonBytes - 3) short = short.slice(0, -1);
  return `${short}...`;
}
