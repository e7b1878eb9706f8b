import type { ClientReach, ListFilter } from '#libs/application';
import { ANSWER_KINDS, DELIVERY_STATES, shownAs, type ShownStatus } from '#libs/disclosure';
import { unreachable } from '#libs/kernel';
import { instantOf } from '../sql.js';
import type { StatementParts } from '../statement-parts.js';
import { startOf, TODAY } from './practice-days.js';

/** Clients whose key is there, and those of them whom somebody may see: a clinician, whom they treat today. */
export const whereInReach = (parts: StatementParts, reach: ClientReach, client: string): void => {
  parts.where(
    `EXISTS (SELECT 1 FROM data_key k WHERE k.practice_id = $1 AND k.client_id = ${client} AND k.wrapped IS NOT NULL)`,
  );
  switch (reach.kind) {
    case 'practice':
      return;
    case 'nothing':
      parts.where('false');
      return;
    case 'own': {
      parts.where(
        `EXISTS (SELECT 1 FROM client_clinician c WHERE c.practice_id = $1 AND c.client_id = ${client}
          AND c.clinician_id = ${parts.add(reach.clinician)}::uuid AND c.starts_on <= ${TODAY}
          AND (c.ends_on IS NULL OR c.ends_on > ${TODAY}))`,
      );
      return;
    }
    default:
      unreachable(reach);
  }
};

const isState = (status: ShownStatus): boolean => DELIVERY_STATES.some((one) => one === status);

/** As `shownStatus` says it, over the column in which the deciding answer is kept; a void that was accepted is `voided`. */
const whereShownAs = (parts: StatementParts, statuses: readonly ShownStatus[]): void => {
  const shown = ANSWER_KINDS.filter((kind) => shownAs(kind) !== undefined);
  const accepting = shown.filter((kind) => shownAs(kind) === 'accepted');
  const wanted = shown.filter((kind) => statuses.some((status) => status === shownAs(kind)));
  const states = parts.add(statuses.filter(isState));
  const isVoided = `d.frequency IS NOT DISTINCT FROM '8' AND d.heard = ANY (${parts.add(accepting)}::text[])`;
  parts.where(
    `CASE WHEN d.state IN ('sent', 'received') AND d.heard = ANY (${parts.add(shown)}::text[])
      THEN CASE WHEN ${isVoided} THEN ${parts.add(statuses.includes('voided'))}::boolean ELSE d.heard = ANY (${parts.add(wanted)}::text[]) END
      ELSE d.state = ANY (${states}::text[]) END`,
  );
  // Whatever is answered is in one of two states: said once more, so that the index of states serves.
  const answered = statuses.some((status) => !isState(status)) ? ['sent', 'received'] : [];
  parts.where(`d.state = ANY (${parts.add([...statuses.filter(isState), ...answered])}::text[])`);
};

/** The character that comes after every other: what begins so lies between the beginning and the beginning with it. */
const LAST = '\u{10ffff}';

export const whereFiltered = (parts: StatementParts, filter: ListFilter): void => {
  const { states, statuses, client, clientCode, insurer, document, curer, formats, purposes } = filter;
  const { serviceFrom, serviceTo, createdFrom, createdTo, totalFrom, totalTo, until } = filter;
  if (states !== undefined) parts.where(`d.state = ANY (${parts.add(states)}::text[])`);
  if (statuses !== undefined) whereShownAs(parts, statuses);
  if (client !== undefined) parts.where(`d.client_id = ${parts.add(client)}::uuid`);
  if (clientCode !== undefined)
    parts.where(
      `d.client_id IN (SELECT c.id FROM client c WHERE c.practice_id = $1 AND c.code COLLATE "C" >= ${parts.add(clientCode)}
        AND c.code COLLATE "C" < ${parts.add(`${clientCode}${LAST}`)})`,
    );
  if (insurer !== undefined) parts.where(`d.insurer_id = ${parts.add(insurer)}::uuid`);
  if (document !== undefined) parts.where(`d.document_id = ${parts.add(document)}::uuid`);
  if (curer !== undefined) parts.where(`d.curer = ${parts.add(curer)}`);
  if (formats !== undefined) parts.where(`d.format = ANY (${parts.add(formats)}::text[])`);
  if (purposes !== undefined) parts.where(`d.purpose = ANY (${parts.add(purposes)}::text[])`);
  if (serviceFrom !== undefined) parts.where(`d.last_service_on >= ${parts.add(serviceFrom)}::date`);
  if (serviceTo !== undefined) parts.where(`d.first_service_on <= ${parts.add(serviceTo)}::date`);
  if (createdFrom !== undefined) parts.where(`d.created_at >= ${startOf(`${parts.add(createdFrom)}::date`)}`);
  if (createdTo !== undefined) parts.where(`d.created_at < ${startOf(`${parts.add(createdTo)}::date + 1`)}`);
  if (totalFrom !== undefined) parts.where(`d.total >= ${parts.add(totalFrom)}::bigint`);
  if (totalTo !== undefined) parts.where(`d.total <= ${parts.add(totalTo)}::bigint`);
  if (until !== undefined) parts.where(`d.created_at <= ${parts.add(instantOf(until))}::timestamptz`);
};
