import { canonical, type ClientId, type ClinicianId, type PlainDate, type PracticeId } from '#libs/kernel';

export interface BilledService {
  readonly practice: PracticeId;
  readonly client: ClientId;
  readonly clinician: ClinicianId;
  readonly date: PlainDate;
  readonly procedure: string;
  readonly modifiers: readonly string[];
}

/**
 * One text for one service, by which it is found again in another invoice. The order of modifiers does not count. It
 * names the client and the day: only a keyed hash of it is ever stored.
 */
export const serviceKey = ({ practice, client, clinician, date, procedure, modifiers }: BilledService): string =>
  canonical({
    domain: 'sluice/service/1',
    practice,
    client,
    clinician,
    date,
    procedure,
    modifiers: [...modifiers].sort(),
  });
