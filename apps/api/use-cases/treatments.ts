import type { AssignClinician, EndTreatment, TreatmentView } from '#libs/contracts';
import type { ClientId, TreatmentId } from '#libs/kernel';
import type { Answer, Created, Idempotency, RequestContext } from './asked.js';

/** Who treats whom. */
export interface TreatmentUseCases {
  listTreatments(context: RequestContext, client: ClientId): Answer<readonly TreatmentView[]>;
  assignClinician(
    context: RequestContext,
    request: { readonly client: ClientId; readonly assignment: AssignClinician },
    idempotency: Idempotency,
  ): Answer<Created<TreatmentView>>;
  endTreatment(context: RequestContext, id: TreatmentId, ending: EndTreatment): Answer<TreatmentView>;
}
