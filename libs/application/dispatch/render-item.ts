import type { PermittingServices } from '../ports/services.js';
import type { Item, Refusal } from './intent.js';
import type { Numbers } from './numbers.js';
import { type Made, renderDisclosed } from './render-disclosed.js';
import { withoutFailing } from './without-failing.js';

/** Undefined where it was refused instead. */
export const renderItem = (
  services: PermittingServices,
  item: Item,
  as: { readonly reference: string; readonly numbers: Numbers | undefined; readonly refusals: Refusal[] },
): Made | undefined => {
  const { record, resubmission } = item;
  const { reference, numbers } = as;
  const made = withoutFailing(services, record, () =>
    resubmission.ok
      ? renderDisclosed({
          dossier: item.dossier,
          judgement: item.judgement,
          salt: item.key.digestSalt,
          reference,
          numbers,
          resubmission: resubmission.value,
          notices: services.book.notices,
          releases: item.authority.releases.filter((one) => item.judgement.decision.releases.includes(one.id)),
          now: item.now,
        })
      : resubmission,
  );
  if (made?.ok === true) return made.value;
  const cause = made?.issues[0]?.code;
  as.refusals.push(
    cause === undefined
      ? { record, to: 'parked', cause: 'rendering_failed', curer: 'practice' }
      : { record, to: 'held', cause, curer: 'office' },
  );
  return undefined;
};
