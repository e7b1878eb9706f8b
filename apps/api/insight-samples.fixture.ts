import type { SentBytes } from '#libs/application';
import type { Dashboard, ReleaseSimulation, StaffAccountView } from '#libs/contracts';
import type { UncoveredComparison } from './use-cases/comparison.js';
import { CLIENT, THING } from './samples.fixture.js';

const AT = '2026-03-02T10:00:00.000Z';

const TOTALS = { goes: 0, held: 0, blocked: 0, fields: { goes: 0, changed: 0, withheld: 0, gaps: 0 } };

export const SIMULATION: ReleaseSimulation = {
  ...{ release: THING, client: CLIENT, from: '2025-12-02', to: '2026-03-02', before: TOTALS, after: TOTALS },
  ...{ newlyGoes: [], newlyStays: [], documents: [], truncated: false },
};

export const DASHBOARD: Dashboard = {
  ...{ from: '2026-03-01', to: '2026-03-02', step: 'day', expiring: 0, series: [] },
  totals: { accepted: 0, sent: 0, held: 0, blocked: 0, parked: 0 },
  heldBy: { client: 0, chart: 0, office: 0, practice: 0, nobody: 0 },
  withheld: { rows: [], sample: { disclosures: 0, of: 0 } },
  firstPass: { answered: 0, accepted: 0 },
  latency: { answered: 0 },
};

export const COMPARISON: UncoveredComparison = {
  now: { disclosure: THING, format: 'treatment-report', outcome: 'send', createdAt: AT },
  rows: [
    {
      ...{ locus: { field: 'reason.continuing' }, label: 'Reason', category: 'clinical' },
      before: { value: 'CLINICAL-BEFORE', as: 'reason.continuing' },
      after: { value: 'CLINICAL-AFTER', as: 'reason.continuing' },
    },
  ],
};

export const SENT: SentBytes = {
  bytes: Buffer.from('ISA*00~'),
  mediaType: 'application/edi-x12',
  digest: 'ab'.repeat(32),
};

export const STAFF_ACCOUNT: StaffAccountView = {
  ...{ id: THING, signIn: 'nell@meadow.example', name: 'Nell Newcomer', roles: ['billing'] },
  ...{ disabled: false, mustChangePassword: false, version: 3 },
};
