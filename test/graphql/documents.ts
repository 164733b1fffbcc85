/** The documents of the graph's contract: they run as they stand. */
export const documents = {
  Complete: `mutation Complete {
  createCompletion(input: { model: "sandbox/chat", messages: [{ role: USER, content: "Once upon a time" }], maxOutputTokens: 40 }) {
    id text finishReason usage { inputTokens outputTokens basis } cost { total } attempts { provider outcome }
  }
}`,
  Compare: `mutation Compare {
  createCompletions(inputs: [
    { model: "sandbox/chat", messages: [{ role: USER, content: "Name a colour" }], maxOutputTokens: 20 }
    { model: "sandbox/chat", messages: [{ role: USER, content: "Name a number" }], maxOutputTokens: 20 }
  ]) { __typename ... on Completion { text cost { total } } ... on CompletionFailure { error { code message } } }
}`,
  Stream: `subscription Stream {
  completionStream(input: { model: "sandbox/chat", messages: [{ role: USER, content: "Once upon a time" }], maxOutputTokens: 40 }) {
    __typename
    ... on CompletionStarted { completionId sequence model { slug } }
    ... on CompletionDelta { completionId sequence offset text }
    ... on CompletionRerouted { completionId sequence keepTextLength }
    ... on CompletionFinished { completionId sequence completion { text finishReason usage { inputTokens outputTokens basis } cost { total } } }
    ... on CompletionFailed { completionId sequence error { code message retryable } }
  }
}`,
  Embed: `mutation Embed {
  createEmbeddings(input: { model: "sandbox/embed", inputs: ["a river", "a stream"] }) { vectors dimensions usage { inputTokens } cost { total } }
}`,
  Report: `query Report($from: DateTime!, $to: DateTime!) {
  usage(range: { from: $from, to: $to }, groupBy: [MODEL], bucket: DAY) {
    totals { requests errors tokens { input output } cost }
    rows { key { model } points { at requests cost } }
  }
}`,
  Catalog:
    'query Catalog { models(first: 5) { nodes { slug name simulated offers { provider { name } price { input output } } } pageInfo { hasNextPage endCursor } } }',
  Me: 'query Me { viewer { principal { id kind } scopes quotas { meter limit used held resetsAt } } }',
  Price: `query Price {
  estimate(input: { model: "sandbox/chat", messages: [{ role: USER, content: "Hello" }], maxOutputTokens: 100 }) { least most offer { provider { name } } considered { offer { provider { name } } rejected } }
}`,
  Organization: `mutation Organization { createOrganization(input: { name: "Acme" }) { organization { id name } } }`,
  Team: `mutation Team($organizationId: ID!) { createTeam(input: { organizationId: $organizationId, name: "Search" }) { team { id name } } }`,
  Key: `mutation Key($teamId: ID!) {
  createApiKey(input: { teamId: $teamId, name: "web", scopes: [MODELS_READ, COMPLETIONS_WRITE, EMBEDDINGS_WRITE, USAGE_READ] }) { secret apiKey { id prefix status } }
}`,
  Budget: `mutation Budget($apiKeyId: ID!) {
  createBudget(input: { scope: { apiKeyId: $apiKeyId }, meter: SPEND, window: MONTH, timeZone: "UTC", limit: { usd: "0.05" }, policy: STRICT }) { budget { id limit used held } }
}`,
  Rotate: 'mutation Rotate($id: ID!) { rotateApiKey(input: { id: $id, overlapSeconds: 3600 }) { secret apiKey { id } } }',
  Revoke: 'mutation Revoke($id: ID!) { revokeApiKey(input: { id: $id }) { apiKey { id status } } }',
  Audit: 'query Audit { auditLog(first: 20) { nodes { at actor { id } action subject { id } before after } } }',
} as const;
