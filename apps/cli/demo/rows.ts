import type { DisclosureDetail } from '#libs/contracts';
import { ok, type Result } from '#libs/kernel';
import { answered } from '../gateway/answered.js';
import type { Expectation } from './demo-schema.js';
import { type DemoDocument, documentsOf } from './load-demo.js';
import { meets, outcomeOf, type Row, whyOf } from './outcome.js';
import type { Stage } from './stage.js';

export const standingOf = (stage: Stage, document: DemoDocument): Promise<Result<DisclosureDetail>> =>
  answered(stage.cast.billing.ask('readDisclosure', { params: { id: stage.progress.pushed[document.label] ?? '' } }));

/** One row: where a document stands now, held against where it was to stand. */
export const rowOf = async (
  stage: Stage,
  document: DemoDocument,
  as: { readonly what: string; readonly expect: Expectation },
): Promise<Row> => {
  const insurer = stage.world.insurers.get(document.insurer)?.name ?? document.insurer;
  const refused = stage.progress.refused[document.label];
  const without = (outcome: string, why: string): Row => ({
    what: as.what,
    insurer,
    format: '–',
    outcome,
    why,
    asExpected: false,
  });
  if (stage.progress.pushed[document.label] === undefined)
    return without('not taken in', refused ?? 'It was not submitted.');
  const standing = await standingOf(stage, document);
  if (!standing.ok) return without('not known', standing.issues[0]?.code ?? '');
  const asked = await answered(stage.cast.billing.ask('explainDisclosure', { params: { id: standing.value.id } }));
  const explanation = asked.ok ? asked.value : undefined;
  return {
    what: as.what,
    insurer,
    format: standing.value.format,
    outcome: outcomeOf(standing.value, explanation),
    why: whyOf(standing.value, explanation),
    asExpected: meets(standing.value, as.expect),
  };
};

/** What was seen on the way, and where everything stands now. */
export const allRows = async (stage: Stage): Promise<readonly Row[]> => {
  const rows: Row[] = [...stage.progress.seen];
  for (const document of documentsOf(stage.demo)) rows.push(await rowOf(stage, document, document));
  return rows;
};

/** How many documents stand where they are to stand. */
export const settled = async (stage: Stage): Promise<Result<number>> => {
  let count = 0;
  for (const document of documentsOf(stage.demo)) {
    if (stage.progress.pushed[document.label] === undefined) continue;
    const standing = await standingOf(stage, document);
    if (!standing.ok) return standing;
    if (meets(standing.value, document.expect)) count += 1;
  }
  return ok(count);
};
