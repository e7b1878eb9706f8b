import { WorkerHost } from '@nestjs/bullmq';
import type { Job } from 'bullmq';
import type { HintWork } from './hint-work.js';

/** The Nest side of a queue: `@nestjs/bullmq` makes a worker for it and calls `process`. */
export class DispatchProcessor extends WorkerHost {
  constructor(readonly work: HintWork) {
    super();
  }

  override process(job: Job<unknown>, token?: string): Promise<void> {
    return this.work.run(job, token);
  }
}
