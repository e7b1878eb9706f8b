import { BullModule, Processor } from '@nestjs/bullmq';
import {
  type BeforeApplicationShutdown,
  type DynamicModule,
  type InjectionToken,
  Module,
  type ModuleMetadata,
  type OnApplicationShutdown,
  type OnModuleInit,
  type Provider,
} from '@nestjs/common';
import { checkHandlers, type QueueName, QUEUES } from './catalogue.js';
import type { QueueEngine, RunningWorker } from './engine.js';
import type { HintHandler } from './hint-work.js';
import { DispatchProcessor } from './processor-base.js';

export interface QueueModuleOptions {
  readonly engine: QueueEngine;
  /** Jobs at the same time in this process. */
  readonly concurrency: Readonly<Record<QueueName, number>>;
  /** For every queue the token of its handler, a `HintHandler`, out of `imports`. */
  readonly handlers: Readonly<Record<QueueName, InjectionToken>>;
  readonly imports: NonNullable<ModuleMetadata['imports']>;
  /** Given to running jobs when the process is to end, in milliseconds. */
  readonly graceMs?: number;
}

/** The one class whose workers `@nestjs/bullmq` starts for a queue; its name and options are the catalogue's. */
const processorFor = (queue: QueueName, options: QueueModuleOptions): Provider => {
  const { engine, concurrency, handlers } = options;
  class QueueProcessor extends DispatchProcessor {}
  Processor({ name: queue }, engine.workerOptions(concurrency[queue]))(QueueProcessor);
  return {
    provide: tokenOf(queue),
    useFactory: (handler: HintHandler) => new QueueProcessor(engine.workOf(queue, handler)),
    inject: [handlers[queue]],
  };
};

const tokenOf = (queue: QueueName): string => `QueueProcessor(${queue})`;

/**
 * Ends the workers before anything else of the process is ended: a job whose database is closed under it would have sent
 * and not recorded.
 */
class QueueLifetime implements OnModuleInit, BeforeApplicationShutdown, OnApplicationShutdown {
  private running: readonly RunningWorker[] = [];

  constructor(
    private readonly options: QueueModuleOptions,
    private readonly processors: readonly DispatchProcessor[],
  ) {}

  onModuleInit(): void {
    const { engine } = this.options;
    this.running = this.processors.map(({ worker, work }) => engine.attend(worker, work));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.running.map((worker) => worker.close(this.options.graceMs)));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.options.engine.close();
  }
}

/** The queue's workers as a Nest module, on either engine. */
@Module({})
export class QueueModule {
  static forWorker(options: QueueModuleOptions): DynamicModule {
    const checked = checkHandlers(Object.keys(options.handlers));
    if (!checked.ok) throw new RangeError(checked.issues.map(({ code, path }) => `${code} ${path}`).join(', '));
    return {
      module: QueueModule,
      imports: [
        BullModule.forRoot({ connection: options.engine.workerConnection }),
        BullModule.registerQueue(),
        ...options.imports,
      ],
      providers: [
        ...QUEUES.map((queue) => processorFor(queue, options)),
        {
          provide: QueueLifetime,
          useFactory: (...processors: DispatchProcessor[]) => new QueueLifetime(options, processors),
          inject: QUEUES.map(tokenOf),
        },
      ],
    };
  }
}
