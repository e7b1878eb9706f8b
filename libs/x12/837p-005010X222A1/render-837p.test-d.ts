import type { FieldBag } from '#libs/catalogue';
import type { Disclosed, Rendered } from '#libs/disclosure';
import type { Result } from '#libs/kernel';
import { describe, expectTypeOf, it } from 'vitest';
import type { Envelope837P } from './envelope-837p.js';
import { render837P } from './render-837p.js';

declare const claim: Disclosed<'x12-837p'>;
declare const envelope: Envelope837P;

describe('what may be rendered as an 837P', () => {
  it('is a disclosed claim', () => {
    expectTypeOf(render837P).toBeCallableWith(claim, envelope);
    expectTypeOf(render837P).returns.toEqualTypeOf<Result<Rendered<'x12-837p'>>>();
  });

  it('is nothing else: not what a document offers, not what was decided for another format', () => {
    type Renderable = Parameters<typeof render837P>[0];
    expectTypeOf<FieldBag>().not.toExtend<Renderable>();
    expectTypeOf<Disclosed<'statement'>>().not.toExtend<Renderable>();
    expectTypeOf<Pick<Disclosed<'x12-837p'>, keyof Disclosed<'x12-837p'>>>().not.toExtend<Renderable>();
  });

  it('has its indicators from signed papers', () => {
    expectTypeOf<Envelope837P['indicators']['releaseOfInformation']>().toEqualTypeOf<'Y' | 'I'>();
    expectTypeOf<Envelope837P['indicators']['benefitsAssigned']>().toEqualTypeOf<'Y' | 'N' | 'W'>();
  });
});
