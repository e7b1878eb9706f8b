import type { Preview } from '#libs/contracts';
import { catalogue } from './language.js';

type Gap = Preview['gaps'][number];

/** What documents, purposes, curers and choices are called on every screen. */
export const documentWords = catalogue({
  en: {
    format: {
      'x12-837p': 'Claim (837P)',
      'treatment-report': 'Treatment report',
      statement: 'Statement',
      receipt: 'Receipt',
    } satisfies Record<Preview['format'], string>,
    purpose: {
      HPAYMT: 'payment of a claim',
      COVAUTH: 'authorization of sessions',
      CLMATTCH: 'attachment to a claim',
      TREAT: 'treatment by others',
      HLEGAL: 'legal matters',
      PATRQT: 'the client’s own request',
    } satisfies Record<Preview['purpose'], string>,
    curer: {
      client: 'Client',
      chart: 'Clinician',
      office: 'Office',
      practice: 'Privacy officer',
      nobody: 'Nobody',
    } satisfies Record<Gap['curer'], string>,
    choice: {
      'draft-amendment': 'Draft an amendment for the client',
      'smaller-format': 'Send a smaller format',
      'use-markers': 'Send with “withheld by client authorization”',
      'exclude-lines': 'Leave lines out',
      receipt: 'Make a receipt instead',
      'keep-holding': 'Keep holding',
      'insurer-has-it': 'The insurer has it',
      'send-again': 'The insurer does not have it: send again',
    } satisfies Record<Gap['choices'][number], string>,
  },
});
