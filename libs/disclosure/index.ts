export {
  ANSWER_KINDS,
  type AnswerKind,
  decidingAnswer,
  kindsOf,
  shownAs,
  shownStatus,
  type ShownStatus,
} from './answers.js';
export {
  CLAIM_FREQUENCIES,
  type ClaimFrequency,
  claimStands,
  CORRECTION_KINDS,
  type CorrectionKind,
  frequencyOf,
} from './corrections.js';
export { type Disclosed, type DisclosedField } from './disclosed.js';
export { fieldLeaf, type Leaf, type LeafSource, structuralLeaf, type StructuralSource } from './leaf.js';
export { isOfRendering, nextStep } from './next-step.js';
export { project, type Projection } from './project.js';
export {
  finishRendering,
  joinRenderings,
  type MediaType,
  type Rendered,
  type RenderedTogether,
  type RenderingResult,
} from './rendered.js';
export { reopen, seal, sealTogether, type Sealed, type SealingNames, type SealingRecord } from './sealed.js';
export { canMove, DELIVERY_STATES, type DeliveryState, TRANSITIONS } from './states.js';
