import { describe, expectTypeOf, it } from 'vitest';
import type { Permit, Transport } from '#libs/application';
import type { FieldBag } from '#libs/catalogue';
import {
  type Disclosed,
  finishRendering,
  project,
  type Projection,
  type Rendered,
  seal,
  type Sealed,
} from '#libs/disclosure';
import type { Invoice, TreatmentReport } from '#libs/billing';
import { renderStatementJson, renderTreatmentReportPdf } from '#libs/documents';
import type { Decision } from '#libs/release';
import { render837P } from '#libs/x12';

/** Law 11: nothing unfiltered can be rendered or sent. What is refused here does not compile. */
describe('types keep the law', () => {
  it('a renderer takes what a projection made, and nothing else', () => {
    type Into837P = Parameters<typeof render837P>[0];
    expectTypeOf<Into837P>().toEqualTypeOf<Disclosed<'x12-837p'>>();
    expectTypeOf<Invoice>().not.toExtend<Into837P>();
    expectTypeOf<FieldBag>().not.toExtend<Into837P>();
    expectTypeOf<Disclosed<'statement'>>().not.toExtend<Into837P>();
    expectTypeOf<TreatmentReport>().not.toExtend<Parameters<typeof renderTreatmentReportPdf>[0]>();
    expectTypeOf<Disclosed<'x12-837p'>>().not.toExtend<Parameters<typeof renderStatementJson>[0]>();
  });

  it('an object of the same shape is not a disclosed document, a rendering, sealed bytes or a permit', () => {
    expectTypeOf<Pick<Disclosed<'statement'>, keyof Disclosed<'statement'>>>().not.toExtend<Disclosed<'statement'>>();
    expectTypeOf<Pick<Rendered<'statement'>, keyof Rendered<'statement'>>>().not.toExtend<Rendered<'statement'>>();
    expectTypeOf<Pick<Sealed, keyof Sealed>>().not.toExtend<Sealed>();
    expectTypeOf<Pick<Permit, keyof Permit>>().not.toExtend<Permit>();
  });

  it('sealing takes a rendering, rendering ends in one, and only a decision projects', () => {
    expectTypeOf<Parameters<typeof seal>[0]>().toExtend<
      Rendered<'receipt' | 'statement' | 'x12-837p' | 'treatment-report'>
    >();
    expectTypeOf<Uint8Array>().not.toExtend<Parameters<typeof seal>[0]>();
    expectTypeOf(finishRendering<'statement'>)
      .parameter(0)
      .toEqualTypeOf<Disclosed<'statement'>>();
    expectTypeOf(project<'statement'>).parameters.toEqualTypeOf<[FieldBag, Decision, Projection<'statement'>]>();
  });

  it('a transport takes sealed bytes and a permit', () => {
    type Send = Parameters<Transport['send']>;
    expectTypeOf<Send[0]>().toEqualTypeOf<Sealed>();
    expectTypeOf<Send[1]>().toEqualTypeOf<Permit>();
    expectTypeOf<Uint8Array>().not.toExtend<Send[0]>();
    expectTypeOf<Rendered<'x12-837p'>>().not.toExtend<Send[0]>();
  });
});
