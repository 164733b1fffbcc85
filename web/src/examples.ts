/** An operation that a newcomer can run as it stands. GraphiQL names its tab after the operation. */
export interface Example {
  readonly title: string;
  readonly query: string;
  /** JSON, as GraphiQL's variables editor holds it. */
  readonly variables?: string;
}

const dayMs = 24 * 60 * 60 * 1000;

/** The examples in the order of the first tabs. `now` sets the range of the usage report. */
export function examplesFor(now: Date): readonly Example[] {
  return [
    { title: 'List models', query: listModels },
    { title: 'Stream a completion', query: streamCompletion },
    { title: 'Compare two models', query: compareModels },
    { title: 'Stream two models side by side', query: streamSideBySide },
    { title: 'Ask for usage', query: askForUsage, variables: usageRange(now) },
    { title: 'Price a call', query: priceCall },
    { title: 'Who am I', query: whoAmI },
  ];
}

/** From 30 days ago to the end of this month: half-open, in UTC, and still true when the tab is opened again tomorrow. */
function usageRange(now: Date): string {
  const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()) - 30 * dayMs);
  const to = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1));
  return JSON.stringify({ from: from.toISOString(), to: to.toISOString() }, null, 2);
}

const listModels = `# The models of this gateway, each with its offers.
# Prices are dollars per 1,000,000 tokens.
query ListModels {
  models(first: 5) {
    nodes {
      slug
      name
      simulated
      offers {
        provider { name }
        price { input output }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`;

const streamCompletion = `# The text arrives as it is written. The last event is
# CompletionFinished with the cost, or CompletionFailed.
subscription StreamCompletion {
  completionStream(
    input: {
      model: "sandbox/chat"
      messages: [
        { role: USER, content: "Once upon a time" }
      ]
      maxOutputTokens: 40
    }
  ) {
    __typename
    ... on CompletionStarted {
      completionId sequence
      model { slug }
    }
    ... on CompletionDelta {
      completionId sequence offset text
    }
    ... on CompletionRerouted {
      completionId sequence keepTextLength
    }
    ... on CompletionFinished {
      completionId sequence
      completion {
        text
        finishReason
        usage { inputTokens outputTokens basis }
        cost { total }
      }
    }
    ... on CompletionFailed {
      completionId sequence
      error { code message retryable }
    }
  }
}
`;

const compareModels = `# Asked in parallel. Each answer stands alone:
# one may fail while the other does not.
mutation CompareModels {
  createCompletions(
    inputs: [
      {
        model: "sandbox/chat"
        messages: [
          { role: USER, content: "Name a colour" }
        ]
        maxOutputTokens: 20
      }
      {
        model: "sandbox/chat"
        messages: [
          { role: USER, content: "Name a number" }
        ]
        maxOutputTokens: 20
      }
    ]
  ) {
    __typename
    ... on Completion { text cost { total } }
    ... on CompletionFailure { error { code message } }
  }
}
`;

const streamSideBySide = `# Several completions in one subscription:
# completionId tells whose event it is.
subscription StreamSideBySide {
  completionStreams(
    inputs: [
      {
        model: "sandbox/chat"
        messages: [
          { role: USER, content: "Describe a river" }
        ]
        maxOutputTokens: 60
      }
      {
        model: "sandbox/chat"
        messages: [
          { role: USER, content: "Describe a mountain" }
        ]
        maxOutputTokens: 60
      }
    ]
  ) {
    __typename
    ... on CompletionStarted {
      completionId sequence
      model { slug }
    }
    ... on CompletionDelta {
      completionId sequence offset text
    }
    ... on CompletionRerouted {
      completionId sequence keepTextLength
    }
    ... on CompletionFinished {
      completionId sequence
      completion {
        text
        finishReason
        usage { outputTokens }
        cost { total }
      }
    }
    ... on CompletionFailed {
      completionId sequence
      error { code message retryable }
    }
  }
}
`;

const askForUsage = `# What was used and what it cost, by model and day.
# The range stands in the variables below.
query AskForUsage($from: DateTime!, $to: DateTime!) {
  usage(
    range: { from: $from, to: $to }
    groupBy: [MODEL]
    bucket: DAY
  ) {
    totals { requests errors tokens { input output } cost }
    rows {
      key { model }
      points { at requests cost }
    }
  }
}
`;

const priceCall = `# What a call would cost at least and at most, and
# who would answer. Nothing is called or charged.
query PriceCall {
  estimate(
    input: {
      model: "sandbox/chat"
      messages: [
        { role: USER, content: "Hello" }
      ]
      maxOutputTokens: 100
    }
  ) {
    least
    most
    offer { provider { name } }
    considered {
      offer { provider { name } }
      rejected
    }
  }
}
`;

const whoAmI = `# Whose key this is, what it may do
# and what is left of its quotas.
query WhoAmI {
  viewer {
    principal { id kind }
    scopes
    quotas { meter limit used held resetsAt }
  }
}
`;
