import type {
  ApiKeyView,
  CeilingView,
  ChooseReading,
  ClinicianView,
  LedgerQuery,
  LedgerRowView,
  LedgerVerificationView,
  PracticeView,
  PresetView,
  ReadingEffectView,
  ReadingView,
  SetTimeZone,
  VerifyQuery,
} from '#libs/contracts';
import type { ApiKeyId } from '#libs/kernel';
import type { Answer, Created, Idempotency, PageOf, Paging, RequestContext } from './asked.js';

/** The practice: its readings of the law, its ledger, its people and keys. */
export interface PracticeUseCases {
  listReadings(context: RequestContext): Answer<readonly ReadingView[]>;
  chooseReading(
    context: RequestContext,
    reading: ChooseReading,
    idempotency: Idempotency,
  ): Answer<Created<ReadingView>>;
  /** What the choice would do to what waits; keeps nothing. */
  weighReading(context: RequestContext, reading: ChooseReading): Answer<ReadingEffectView>;
  revokeReading(context: RequestContext, id: string): Answer<ReadingView>;
  weighRevocation(context: RequestContext, id: string): Answer<ReadingEffectView>;
  listCeilings(context: RequestContext): Answer<readonly CeilingView[]>;
  readLedger(
    context: RequestContext,
    filter: Omit<LedgerQuery, 'after' | 'limit'>,
    paging: Paging,
  ): Answer<PageOf<LedgerRowView>>;
  /** The whole chain, or a range of it; `cursor_invalid` for a `next` that nobody here gave out, or more than an hour ago. */
  verifyLedger(context: RequestContext, range: VerifyQuery): Answer<LedgerVerificationView>;
  readPractice(context: RequestContext): Answer<PracticeView>;
  setTimeZone(context: RequestContext, to: SetTimeZone): Answer<PracticeView>;
  listClinicians(context: RequestContext): Answer<readonly ClinicianView[]>;
  listPresets(context: RequestContext): Answer<readonly PresetView[]>;
  listApiKeys(context: RequestContext): Answer<readonly ApiKeyView[]>;
  /** From then on nobody is let in with it. */
  revokeApiKey(context: RequestContext, id: ApiKeyId): Answer<void>;
}
