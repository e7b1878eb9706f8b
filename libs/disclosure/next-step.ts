import type { Curer } from '#libs/release';
import type { AnswerKind, ShownStatus } from './answers.js';

interface Situation {
  readonly status: ShownStatus;
  /** Whoever can cure the first gap, and its cause. */
  readonly curer?: Curer;
  readonly cause?: string;
  /** The answer that decides what is shown. */
  readonly answer?: AnswerKind;
}

const FOR_CURER: Readonly<Record<Curer, string>> = {
  client: 'Ask the client for an amended release; it goes by itself once the release is signed.',
  chart: 'The clinician must complete the chart; it goes by itself once that is done.',
  office: 'Complete the office data named in the gap; it goes by itself once that is done.',
  practice: 'The privacy officer must choose a reading or policy; it goes by itself once that is done.',
  nobody: 'The law or a restriction stands; offer the client a receipt, or send a smaller format.',
};

const FOR_CAUSE: Readonly<Record<string, string>> = {
  revoked: 'The client has revoked the release; nothing goes unless the client signs a new one.',
  expired: 'The release has expired; ask the client for a new one.',
  no_release: 'There is no release; ask the client for one.',
  ambiguous_releases: 'Two releases apply; record whether the newer adds to or supersedes the older.',
  purpose_not_granted: 'The release does not name this purpose; ask the client for one that does.',
  agent_agreement_missing: 'Record the agreement with the clearinghouse, or another route; it goes by itself then.',
  recipient_mismatch: 'The route or the release leads to somebody else; correct whichever is wrong.',
  restricted_522: 'The client paid in full and asked that the plan be told nothing; give the client a receipt.',
  signer_incomplete: 'A signature is missing; have the release signed by everybody who must.',
};

/** Codes with which a rendering refuses the whole: nothing that the document says by itself, so that no gap names it. */
const OF_RENDERING = /^(?:x12|enclosure)_|_not_printable$|^(?:empty_value|field_not_rendered|rendering_failed)$/;

export const isOfRendering = (cause: string): boolean => cause !== 'enclosure_channel' && OF_RENDERING.test(cause);

/** Of the causes that depend on a value, and are not said in clear, the office can cure this one alone (`not_writable`). */
const NOT_WRITABLE =
  'Something in it cannot be written in this format. For a number or a policy holder record a new coverage and amend the invoice to it; for a name or address record the client anew as the insurance card spells it, cancel this one and submit it for that client.';

const forCause = (cause: string, curer: Curer | undefined): string | undefined =>
  FOR_CAUSE[cause] ??
  (cause === 'value_dependent' && curer === 'office' ? NOT_WRITABLE : undefined) ??
  (isOfRendering(cause)
    ? `It cannot be written as it stands (${cause}). Correct what is recorded of the practice, the clinician, the insurer or the coverage; it goes by itself once that is done.`
    : undefined);

/** Of a correction that has not gone, and whose ground has gone meanwhile. */
const FOR_PARKED: Readonly<Record<string, string>> = {
  already_corrected: 'The claim was corrected otherwise meanwhile; cancel this one.',
  claim_not_rejected:
    'The insurer has looked at the claim after all; cancel this one, and replace the claim if need be.',
  claim_was_rejected: 'The insurer refused the claim before looking at it; cancel this one, and send the claim again.',
};

/** At an insurer that fetches. */
const FOR_INBOX: Readonly<Record<string, string>> = {
  in_inbox: 'Nothing to do; it waits in the insurer’s inbox, and has not left.',
  awaiting_acknowledgement: 'Nothing to do; the insurer has fetched it and has not said yet that it has it.',
};

/** What the insurer sent and what does not add up is set aside, and read by a person. */
const FOR_ANSWER: Readonly<Partial<Record<AnswerKind, string>>> = {
  'claim-unbalanced':
    'The insurer’s acknowledgement does not add up, and nothing of it was taken over; ask the insurer what it did with the claim.',
  'remittance-unbalanced':
    'The insurer’s remittance does not add up, and nothing of it was taken over; ask the insurer for one that does.',
};

/** One sentence that says what to do next; API, command line and console all show it. */
export const nextStep = ({ status, curer, cause, answer }: Situation): string => {
  switch (status) {
    case 'drafted':
      return 'Submit it.';
    case 'held':
    case 'blocked':
      return (cause === undefined ? undefined : forCause(cause, curer)) ?? FOR_CURER[curer ?? 'nobody'];
    case 'ready':
    case 'sealed':
    case 'sending':
      return (cause === undefined ? undefined : FOR_INBOX[cause]) ?? 'Nothing to do; it is on its way.';
    case 'sent':
      return 'Nothing to do; the insurer has not answered yet.';
    case 'received':
    case 'accepted':
      return 'Nothing to do; the insurer has it and will decide.';
    case 'unknown':
      return (
        (cause === undefined ? undefined : FOR_INBOX[cause]) ??
        'It may have reached the insurer; it is being found out, and nothing is sent again meanwhile.'
      );
    case 'parked':
      return (
        (cause === undefined ? undefined : FOR_PARKED[cause]) ??
        'Ask the insurer whether it has it, then record the answer.'
      );
    case 'rejected':
      return 'The insurer refused it before looking at it; correct what it names and submit it again.';
    case 'pended':
      return (
        (answer === undefined ? undefined : FOR_ANSWER[answer]) ??
        'The insurer wants more; look at what it asks, and at what the release allows.'
      );
    case 'approved':
      return 'Nothing to do; the sessions are approved.';
    case 'partly paid':
      return 'Compare the payment with the contract; bill the client’s share.';
    case 'paid':
      return 'Nothing to do; it is paid.';
    case 'denied':
      return 'Read the insurer’s grounds; appeal or bill the client.';
    case 'reversed':
      return 'The insurer took its payment back; wait for the corrected one.';
    case 'voided':
    case 'cancelled':
    case 'superseded':
      return 'Nothing to do; it is closed.';
  }
};
