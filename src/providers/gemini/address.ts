import type { ProviderSettings } from '../../ports/providerSettings.ts';

/** Where a provider's operations are: paths from the origin's root. */
export interface Address {
  /** True: Vertex AI, whose embeddings have a form of their own. */
  readonly vertex: boolean;
  operation(name: string, model: string): string;
  readonly models: string;
}

/** Vertex where a project is named, else AI Studio: https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/inference */
export function toAddress({ baseUrl, options }: Pick<ProviderSettings, 'baseUrl' | 'options'>): Address {
  const root = new URL(baseUrl).pathname.replace(/\/+$/, '');
  const { project, location = 'global' } = options;
  const vertex = project !== undefined;
  const folder = vertex ? `${root}/projects/${project}/locations/${location}/publishers/google/models` : `${root}/models`;
  return {
    vertex,
    operation: (name, model) => `${folder}/${encodeURIComponent(model)}:${name}`,
    // Unconfirmed for Vertex: its listing is in preview.
    models: vertex ? `${root.replace(/v1$/, 'v1beta1')}/publishers/google/models?pageSize=1000` : `${folder}?pageSize=1000`,
  };
}
