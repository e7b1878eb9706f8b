import type { ClientRecord, CoverageRecord, NewClient, NewCoverage } from '#libs/application';
import type { ClientView, CoverageView, RecordClient, RecordCoverage } from '#libs/contracts';
import type { ClientId } from '#libs/kernel';

export const fromRecordClient = ({ code, identity }: RecordClient): NewClient => ({ code, identity });

export const toClientView = ({ id, code, identity, revision }: ClientRecord): ClientView => ({
  ...{ id, code, identity, revision },
});

export const fromRecordCoverage = (coverage: RecordCoverage & { readonly client: ClientId }): NewCoverage => coverage;

export const toCoverageView = (coverage: CoverageRecord): CoverageView => coverage;
