import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { unreachable } from '#libs/kernel';
import { type Label, type LabelsOf, metricCatalogue, type MetricName, type MetricNameOf } from './metric-catalogue.js';
import { isCode, isDuration, isId, isState } from './safe-values.js';

export interface Metrics {
  /** Adds to a counter; `by` is 1 unless said. */
  count<Name extends MetricNameOf<'counter'>>(name: Name, labels: LabelsOf<Name>, by?: number): void;
  set<Name extends MetricNameOf<'gauge'>>(name: Name, labels: LabelsOf<Name>, value: number): void;
  /** A duration in seconds. */
  observe<Name extends MetricNameOf<'seconds'>>(name: Name, labels: LabelsOf<Name>, seconds: number): void;
  /** The state of all metrics in the Prometheus text format. */
  text(): Promise<string>;
  /** Its media type. */
  readonly contentType: string;
}

const REFUSED = 'refused';

const labelValue = (label: Label, value: unknown): string => {
  switch (label) {
    case 'lane':
      return isId(value) ? value : REFUSED;
    case 'state':
      return isState(value) ? value : REFUSED;
    case 'code':
      return isCode(value) ? value : REFUSED;
    default:
      return unreachable(label);
  }
};

const safeLabels = (name: MetricName, given: object): Record<string, string> =>
  Object.fromEntries(
    metricCatalogue[name].labels.map((label: Label) => [
      label,
      labelValue(label, Object.getOwnPropertyDescriptor(given, label)?.value),
    ]),
  );

const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Metrics in a registry of their own. A label value outside its closed set is counted as `refused`. */
export const createMetrics = (options: { readonly ofProcess?: boolean } = {}): Metrics => {
  const register = new Registry();
  const counters = new Map<string, Counter>();
  const gauges = new Map<string, Gauge>();
  const histograms = new Map<string, Histogram>();
  for (const [name, { kind, help, labels }] of Object.entries(metricCatalogue)) {
    const settings = { name: `sluice_${name}`, help, labelNames: [...labels], registers: [register] };
    if (kind === 'counter') counters.set(name, new Counter(settings));
    else if (kind === 'gauge') gauges.set(name, new Gauge(settings));
    else histograms.set(name, new Histogram({ ...settings, buckets: BUCKETS }));
  }
  if (options.ofProcess === true) collectDefaultMetrics({ register, prefix: 'sluice_' });
  return {
    count: (name, labels, by = 1) => {
      if (isDuration(by)) counters.get(name)?.inc(safeLabels(name, labels), by);
    },
    set: (name, labels, value) => {
      if (Number.isFinite(value)) gauges.get(name)?.set(safeLabels(name, labels), value);
    },
    observe: (name, labels, seconds) => {
      if (isDuration(seconds)) histograms.get(name)?.observe(safeLabels(name, labels), seconds);
    },
    text: () => register.metrics(),
    contentType: register.contentType,
  };
};
