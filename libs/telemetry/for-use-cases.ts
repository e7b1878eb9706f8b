import type { Log as UseCaseLog, Metrics as UseCaseMetrics } from '#libs/application';
import type { Log } from './create-logger.js';
import type { Metrics } from './create-metrics.js';
import type { LogEvent } from './log-events.js';

/** The log in the shape that use cases know: names and plain fields. What is not in the catalogue is dropped as it is written. */
export const logForUseCases = (log: Log): UseCaseLog => ({
  event: (event, fields) => log.write({ event, ...fields } as LogEvent),
  failure: (event, error, fields) => log.write({ event, ...fields } as LogEvent, error),
});

/** The same for metrics: a name or a label that is not in the catalogue counts for nothing. */
export const metricsForUseCases = (metrics: Metrics): UseCaseMetrics => ({
  count: (name, labels = {}, by) =>
    metrics.count(name as 'http_requests_total', labels as { code: string; state: string }, by),
  observe: (name, seconds, labels = {}) =>
    metrics.observe(name as 'http_request_seconds', labels as { code: string }, seconds),
});
