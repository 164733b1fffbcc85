/** One GraphQL operation over HTTP, for what is set up around the measurement; errors throw. */
export interface GraphAddress {
  readonly port: number;
  readonly secret: string;
}

export async function askGraph<T>({ port, secret }: GraphAddress, query: string, variables: object = {}): Promise<T> {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: JSON.stringify({ query, variables }),
  });
  // The shape is the schema's; a part that is missing fails at its first use.
  const answer = (await response.json()) as { readonly data?: T | null; readonly errors?: unknown };
  if (answer.errors !== undefined || answer.data == null)
    throw new Error(`The graph answered ${response.status}: ${JSON.stringify(answer.errors)}`);
  return answer.data;
}
