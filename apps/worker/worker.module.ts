import { type DynamicModule, Module } from '@nestjs/common';
import { type HintHandler, QueueModule } from '#libs/queue';
import type { Settings } from '#libs/settings';
import type { Dispatches } from './dispatches.js';
import type { OpenWorker } from './open-worker.js';

const HANDLER = Symbol('dispatch handler');

/** The function that works off hints, under the token by which the queue's processors ask for it. */
@Module({})
class HandlerModule {
  static over(handler: HintHandler): DynamicModule {
    return { module: HandlerModule, providers: [{ provide: HANDLER, useValue: handler }], exports: [HANDLER] };
  }
}

/** Every queue has one handler: fast and slow lanes are worked off alike, only apart. */
@Module({})
export class WorkerModule {
  static over(worker: OpenWorker, dispatches: Dispatches, settings: Settings): DynamicModule {
    const { dispatchConcurrency } = settings.worker;
    return {
      module: WorkerModule,
      imports: [
        QueueModule.forWorker({
          engine: worker.engine,
          concurrency: {
            dispatch: dispatchConcurrency,
            'dispatch-slow': Math.max(1, Math.floor(dispatchConcurrency / 2)),
          },
          handlers: { dispatch: HANDLER, 'dispatch-slow': HANDLER },
          imports: [HandlerModule.over(dispatches.handle)],
        }),
      ],
    };
  }
}
