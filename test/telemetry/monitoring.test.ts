import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { errorTraits, GatewayError } from '../../src/domain/errors.ts';
import { noUsage } from '../../src/domain/usage.ts';
import { findPackageRoot } from '../../src/system/packageRoot.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { whole } from '../support/fakeAdapter.ts';
import { house } from '../support/house.ts';
import type { Sample } from '../support/metricsPage.ts';
import { readSamples } from '../support/metricsPage.ts';

interface Dashboard {
  readonly panels: readonly { readonly title: string; readonly targets?: readonly { readonly expr: string }[] }[];
}

interface AlertRules {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[];
}

const read = (name: string) => readFileSync(join(findPackageRoot(), 'docs', 'monitoring', name), 'utf8');
const dashboard: Dashboard = JSON.parse(read('grafana-dashboard.json'));
const rules: AlertRules = parse(read('alert-rules.yaml'));

const questions: readonly (readonly [where: string, expression: string])[] = [
  ...dashboard.panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => [`panel "${title}"`, expr] as const)),
  ...rules.groups.flatMap((group) => group.rules.map(({ alert, expr }) => [`alert ${alert}`, expr] as const)),
];

const operators = new Set(['by', 'or', 'and', 'unless', 'on', 'ignoring', 'without', 'bool']);

/** The names of metrics in an expression: what is left without labels, durations, groupings and functions. */
function metricsIn(expression: string): readonly string[] {
  const bare = expression
    .replace(/\{[^}]*\}/g, '')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/\bby \([^)]*\)/g, '');
  return [...bare.matchAll(/\b([a-z_]\w*)\b(?!\s*\()/gi)].map(([, name = '']) => name).filter((name) => !operators.has(name));
}

/** What an expression asks of the labels of a metric. */
function matchersIn(expression: string): readonly { readonly metric: string; readonly label: string; readonly value: string }[] {
  return [...expression.matchAll(/(\w+)\{([^}]*)\}/g)].flatMap(([, metric = '', body = '']) =>
    [...body.matchAll(/(\w+)(?:=~|!~|!=|=)"([^"]*)"/g)].map(([, label = '', value = '']) => ({ metric, label, value })),
  );
}

/** What Prometheus itself knows. */
const itsOwn = { metrics: ['up'], labels: ['job', 'instance', 'le'] };
let page: string;
let samples: readonly Sample[];

/** A gateway that has streamed, embedded, failed and refused says all that it can say. */
beforeAll(async () => {
  const metrics = createMetrics({ version: '1' });
  const { stream, complete, embed, catalog, gateway } = house({
    budgets: [{ meter: 'REQUESTS', limit: 100n }],
    telemetry: metrics.telemetry,
  });
  catalog.one.answer(new GatewayError('UPSTREAM_UNAVAILABLE', 'Away.'));
  catalog.two.answer(whole('Hello.'));
  await stream();
  catalog.one.embedded({ vectors: [Float32Array.of(1)], usage: { ...noUsage, inputTokens: 1 }, providerRequestId: null });
  await embed({});
  catalog.change('acme/chat', ({ price }) => ({ price: { ...price, input: null, output: null } }));
  for (const adapter of [catalog.one, catalog.two]) adapter.answer(whole('Hello.'));
  await complete();
  await complete({ model: 'acme/none' }).catch(() => undefined);
  // The lag of the event loop is known a turn after it was first asked for.
  await metrics.read(gateway.vitals());
  page = (await metrics.read(gateway.vitals())).text;
  samples = readSamples(page);
});

describe('the dashboard and the alert rules', () => {
  it('are there, and each name is its own', () => {
    expect(questions.length).toBeGreaterThan(40);
    for (const names of [
      dashboard.panels.map(({ title }) => title),
      rules.groups.flatMap((group) => group.rules.map(({ alert }) => alert)),
    ])
      expect(new Set(names).size).toBe(names.length);
  });

  it('ask for metrics that there are', () => {
    const exposed = new Set([...samples.map(({ name }) => name), ...itsOwn.metrics]);
    for (const [where, expression] of questions) {
      const asked = metricsIn(expression);
      expect(asked.length, where).toBeGreaterThan(0);
      expect(
        asked.filter((name) => !exposed.has(name)),
        where,
      ).toEqual([]);
    }
  });

  it('ask for labels that those metrics have', () => {
    const labelsOf = (metric: string) => samples.filter(({ name }) => name === metric).flatMap(({ labels }) => Object.keys(labels));
    for (const [where, expression] of questions) {
      const foreign = matchersIn(expression).filter(({ metric, label }) => ![...labelsOf(metric), ...itsOwn.labels].includes(label));
      expect(foreign, where).toEqual([]);
      const known = new Set([...metricsIn(expression).flatMap(labelsOf), ...itsOwn.labels]);
      const grouped = [...expression.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(', '));
      expect(
        grouped.filter((label) => !known.has(label)),
        where,
      ).toEqual([]);
    }
  });

  it('ask for codes and outcomes that there are', () => {
    const values: Readonly<Record<string, readonly string[]>> = {
      code: [...Object.keys(errorTraits), 'NONE'],
      outcome: ['SUCCEEDED', 'FAILED', 'CANCELLED', 'UNKNOWN', 'DELIVERED', 'PENDING'],
    };
    for (const [where, expression] of questions) {
      const unknown = matchersIn(expression)
        .flatMap(({ label, value }) => value.split('|').map((one) => ({ one, known: values[label] })))
        .filter(({ one, known }) => known !== undefined && !known.some((value) => new RegExp(`^${one}$`).test(value)));
      expect(unknown, where).toEqual([]);
    }
  });
});

describe('the page for operators', () => {
  it('explains each metric of ours, with its kind and its labels', () => {
    const text = readFileSync(join(findPackageRoot(), 'docs', 'operating.md'), 'utf8');
    const rows = [...text.matchAll(/^\| (`modelgraph_.*?) \| (\w+) \| ([\w, ]*?) ?\|/gm)].flatMap(
      ([, names = '', type = '', labels = '']) => namesIn(names).map((name) => [name, `${type}: ${labels}`]),
    );
    const exposed = [...page.matchAll(/^# TYPE (modelgraph_\w+) (\w+)$/gm)].map(([, name = '', type = '']) => {
      const of = samples.find((sample) => sample.name === (type === 'histogram' ? `${name}_count` : name));
      return [name, `${type}: ${Object.keys(of?.labels ?? {}).join(', ')}`];
    });
    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(exposed));
  });
});

/** `a` and `…_b` mean `a` and `a_b`. */
function namesIn(cell: string): readonly string[] {
  const [first = '', ...others] = [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
  return [first, ...others.map((other) => other.replace('…', first))];
}
