import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { ContractInterceptor } from './contract.interceptor.js';
import { ApiKeysController } from './controllers/api-keys.controller.js';
import { BulkActionsController } from './controllers/bulk-actions.controller.js';
import { ClientsController } from './controllers/clients.controller.js';
import { CorrectionsController } from './controllers/corrections.controller.js';
import { DisclosuresController } from './controllers/disclosures.controller.js';
import { DocumentsController } from './controllers/documents.controller.js';
import { ImportController } from './controllers/import.controller.js';
import { InsightController } from './controllers/insight.controller.js';
import { IntakeController } from './controllers/intake.controller.js';
import { PracticeController } from './controllers/practice.controller.js';
import { ReleasesController } from './controllers/releases.controller.js';
import { ScansController } from './controllers/scans.controller.js';
import { SigningController } from './controllers/signing.controller.js';
import { SessionController } from './controllers/session.controller.js';
import { StaffController } from './controllers/staff.controller.js';
import { ViewsController } from './controllers/views.controller.js';
import { WebhooksController } from './controllers/webhooks.controller.js';
import { WorklistController } from './controllers/worklist.controller.js';
import { type ApiDependencies, DEPENDENCIES } from './dependencies.js';
import { PasswordDesk } from './password-desk.js';
import { ProblemFilter } from './problem-filter.js';
import { SignInDesk } from './sign-in-desk.js';

@Module({})
export class ApiModule {
  static on(dependencies: ApiDependencies): DynamicModule {
    return {
      module: ApiModule,
      controllers: [
        SessionController,
        ApiKeysController,
        IntakeController,
        DocumentsController,
        DisclosuresController,
        CorrectionsController,
        ClientsController,
        ReleasesController,
        ImportController,
        ScansController,
        SigningController,
        PracticeController,
        WebhooksController,
        StaffController,
        InsightController,
        WorklistController,
        BulkActionsController,
        ViewsController,
      ],
      providers: [
        SignInDesk,
        PasswordDesk,
        { provide: DEPENDENCIES, useValue: dependencies },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_INTERCEPTOR, useClass: ContractInterceptor },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    };
  }
}
