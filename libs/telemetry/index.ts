export { withCorrelation } from './correlation.js';
export { createLogger, type Log, type LoggerOptions } from './create-logger.js';
export { createMetrics, type Metrics } from './create-metrics.js';
export { logForUseCases, metricsForUseCases } from './for-use-cases.js';
export { Health, type HealthReport } from './health.js';
export type { LogEvent, LogEventName } from './log-events.js';
export { type State } from './safe-values.js';
