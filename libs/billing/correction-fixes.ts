/** What to do when a claim cannot be corrected as was asked, by the code of the refusal. */
export const CORRECTION_FIXES: ReadonlyMap<string, string> = new Map([
  ['correction_not_a_claim', 'Only a claim is replaced, voided or sent again; submit other documents anew.'],
  ['correction_not_sent', 'It has not gone yet: amend the document, or cancel it.'],
  ['already_corrected', 'Correct the newest claim of its chain.'],
  ['correction_under_way', 'Wait until the correction that is under way has gone, or cancel it.'],
  [
    'claim_number_unknown',
    'Wait for the insurer’s acknowledgement or remittance with its claim number; it is taken from there by itself.',
  ],
  [
    'correction_of_void',
    'A void takes a claim back and leaves nothing to correct: bill the services anew, or if the insurer refused the void, send it again.',
  ],
  [
    'document_differs',
    'A void says the claim as it was sent: repeat that invoice unchanged, with the lines that were sent.',
  ],
  ['claim_was_rejected', 'The insurer never looked at it: send it again with a resubmission.'],
  ['claim_not_rejected', 'The insurer has not refused it before looking at it: replace it, or void it.'],
  ['client_differs', 'Void this claim, and submit an invoice for the other client.'],
  ['insurer_differs', 'Void this claim, and submit an invoice to the other insurer.'],
]);
