import { catalogue } from './language.js';

export const navigation = catalogue({
  en: {
    label: 'Sections',
    worklist: 'Worklist',
    claims: 'Claims and reports',
    newInvoice: 'New invoice',
    newReport: 'New treatment report',
    clients: 'Clients and releases',
    renewals: 'Expiring releases',
    insurers: 'Insurers',
    readings: 'Readings of the law',
    imports: 'Import',
    shadow: 'Shadow run',
    ledger: 'Ledger',
    dashboard: 'Dashboard',
    system: 'System',
  },
});
