import { importFile, importOnce } from '#libs/application';
import { ok } from '#libs/kernel';
import type { ImportUseCases } from '../use-cases/imports.js';
import { type Desk, toPracticeContext } from './desk.js';
import { settled } from './failures.js';

export const importUseCases = ({ services }: Desk): ImportUseCases => ({
  rehearseImport: (context, sent) =>
    settled(
      services.log,
      importFile(services, toPracticeContext(context), { ...sent, dryRun: true }).then((report) => ok(report)),
    ),

  importFile: (context, sent, claim) =>
    settled(
      services.log,
      importOnce(
        services,
        { context: toPracticeContext(context), claim: { ...claim, principal: context.principal } },
        sent,
      ),
    ),
});
