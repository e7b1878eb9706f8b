import { type Gap, isMissing, type Shown } from './row-state.js';

export interface PhoneWords {
  readonly opening: (insurer: string, document: string, reference: string | undefined) => string;
  readonly went: (labels: readonly string[]) => string;
  readonly changed: (labels: readonly string[]) => string;
  readonly asked: string;
  readonly law: string;
  readonly release: string;
  readonly completing: string;
  readonly noMore: string;
}

const once = (labels: readonly string[]): readonly string[] => [...new Set(labels)];

const lawful = ['ceiling', 'value_shape', 'special_category', 'never_by_release', 'restricted_522'];

const answerTo = (gap: Gap, words: PhoneWords): string => {
  if (isMissing(gap)) return words.completing;
  return lawful.includes(gap.cause.split(':', 1)[0] ?? '') ? words.law : words.release;
};

/**
 * What can be read out to the insurer: names of what went, and of what its own form requires and did not get. Nothing
 * that was kept back is named unless the form requires it of everybody, for its name alone would tell that it is there.
 */
export const phoneText = (
  shown: Shown,
  about: {
    readonly words: PhoneWords;
    readonly document: string;
    readonly reference: string | undefined;
    readonly went: boolean;
  },
): string => {
  const { words, document, reference, went } = about;
  const labelled = (effect: string): readonly string[] =>
    once(shown.rows.filter((row) => row.effect === effect).map(({ label }) => label));
  const [goes, changed] = [labelled('goes'), labelled('changed')];
  const gaps = shown.gaps.filter(({ label }) => label !== undefined);
  return [
    words.opening(shown.insurer.name, document, reference),
    ...(went && goes.length > 0 ? [words.went(goes)] : []),
    ...(went && changed.length > 0 ? [words.changed(changed)] : []),
    ...(gaps.length > 0
      ? [words.asked, ...once(gaps.map((gap) => `– ${gap.label ?? ''}: ${answerTo(gap, words)}`))]
      : []),
    words.noMore,
  ].join('\n');
};
