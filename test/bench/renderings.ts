import { project } from '#libs/disclosure';
import { plainDate } from '#libs/kernel';
import { decide } from '#libs/release';
import { type Envelope837P, render837P } from '#libs/x12';
import { ruleset } from '../support/config-data.js';
import { authority, invoiceBag, release, request } from '../support/release-fixtures.js';
import { type Measured, rounds } from './measure.js';

const ROUND = 1_000;

const ENVELOPE: Envelope837P = {
  usage: 'test',
  createdAt: { date: plainDate('2026-06-15'), time: '1200' },
  controlNumbers: {
    interchange: '000000001',
    group: '1',
    set: '0001',
    batchReference: 'B1',
    patientControl: 'P1',
    lines: ['P1L1', 'P1L2'],
  },
  sender: { qualifier: 'ZZ', id: 'BENCH' },
  receiver: { qualifier: 'ZZ', id: 'INSURER' },
  submitter: { name: 'BENCH PRACTICE', id: 'BENCH', contact: { name: 'DESK', phone: '5550100100' } },
  receiverName: { name: 'INSURER', id: 'INSURER' },
  billingProvider: {
    name: { organisation: 'BENCH PRACTICE' },
    npi: '1999000007',
    taxonomy: '103T00000X',
    address: { line: '1 Bench Street', city: 'Nowhere', state: 'OR', postal: '000000001' },
    taxId: { kind: 'EI', number: '000000000' },
  },
  payer: { name: 'INSURER', id: 'BENCH1', idKind: 'PI', filingIndicator: 'CI', responsibility: 'P' },
  resubmission: { frequency: '1' },
  indicators: { signatureOnFile: 'Y', participation: 'A', benefitsAssigned: 'Y', releaseOfInformation: 'Y' },
};

/** 837P from a decided document to checked bytes, two lines, the guide check included. */
export const benchRenderings = (): readonly Measured[] => {
  const bag = invoiceBag();
  const made = project(bag, decide(request(bag), authority([release()]), ruleset()), {
    format: 'x12-837p',
    formatRevision: '1',
    salt: new Uint8Array(32),
  });
  if (!made.ok) throw new Error('nothing to render');
  const disclosed = made.value;
  const once = render837P(disclosed, ENVELOPE);
  if (!once.ok) throw new Error(once.issues.map((one) => `${one.code} ${one.path}`).join());
  const side = {
    unit: 'documents/s',
    run: () => {
      for (let index = 0; index < ROUND; index += 1) render837P(disclosed, ENVELOPE);
      return ROUND;
    },
  };
  return rounds({ '837P renderings, two lines, checked against the guide': side }, { warmUp: 1, rounds: 5 });
};
