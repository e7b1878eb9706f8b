import { createMongoAbility } from '@casl/ability';
import { permittedFieldsOf } from '@casl/ability/extra';
import { FieldBag, FIELD_IDS, locus } from '#libs/catalogue';
import { addDays } from '#libs/kernel';
import { type Authority, decide, describe, type DisclosureRequest, type Ruleset } from '#libs/release';
import { CODES, NJ_READING, ruleset } from '../support/config-data.js';
import { authority, CLAIM_GRANTS, day, invoiceBag, release, releaseId, request } from '../support/release-fixtures.js';
import { type Measured, rounds, type Side } from './measure.js';

const FIELDS = 60;
const REQUESTS = 1_000;
const AUTHORITIES = 8;
/** So many documents in a row offer different fields. */
const CHARTS = 7;
/** One decision in so many is about papers that no decision was about before. */
const NEW_PAPERS = 1_000;
const ROUND = 40_000;

/** What a chart offers beside the claim. */
const CHART = FIELD_IDS.filter((id) => /^(plan|history|medication|progress)\./.test(id));

/**
 * A claim with exactly sixty loci: three lines, two diagnoses, and what else a chart offers, which is not the same in
 * every document. No two have the same sessions.
 */
const bagOf = (number: number): FieldBag => {
  const monday = addDays(day('2026-01-05'), number % 120);
  const lines = [0, 7, 14].map((days, line) => ({
    id: `L${line + 1}`,
    date: addDays(monday, days),
    charge: 12_000 + number,
  }));
  const bag = invoiceBag(lines, ['F331', 'F411']);
  const chart = [...CHART.slice(number % CHARTS), ...CHART.slice(0, number % CHARTS)];
  for (const id of chart.slice(0, FIELDS - [...bag.entries()].length)) bag.set(locus(id), 'x');
  if ([...bag.entries()].length !== FIELDS) throw new Error('the bench has not the loci that it names');
  return bag;
};

/** Every other one covers all sessions; the rest begin with the first one asked about. Own lists, as a fresh read makes them. */
const papersOf = (number: number): Authority =>
  authority([
    release({
      id: releaseId(number + 1),
      grants: [...CLAIM_GRANTS],
      ...(number % 2 === 0 ? {} : { serviceFrom: day('2026-01-05') }),
    }),
  ]);

/** Own objects throughout, as a fresh read of a document makes them: nothing can be recognised by its identity. */
const requestOf = (bag: FieldBag): DisclosureRequest =>
  request(bag, { clinicians: [{ jurisdiction: 'US-NJ', profession: 'psychologist' }], offers: describe(bag, CODES) });

const checked = (asked: DisclosureRequest, papers: Authority, rules: Ruleset): void => {
  const { outcome, rulings } = decide(asked, papers, rules);
  const unexplained = rulings.filter((ruling) => ruling.reasons.length === 0);
  if (outcome !== 'send' || rulings.length < FIELDS || unexplained.length > 0)
    throw new Error(`the bench decides ${outcome}`);
};

/** Keeps what is decided from being optimised away. */
let kept = 0;

const deciding =
  (plan: {
    readonly requests: () => readonly DisclosureRequest[];
    readonly papers: () => readonly Authority[];
    readonly rules: Ruleset;
    readonly count: number;
  }) =>
  (): number => {
    const requests = plan.requests();
    const papers = plan.papers();
    for (let index = 0; index < plan.count; index += 1) {
      const asked = requests[index % requests.length];
      const under = papers[index % papers.length];
      if (asked && under) kept += decide(asked, under, plan.rules).rulings.length;
    }
    return plan.count;
  };

/**
 * Decisions with a ruling and its reasons for every locus, beside the bare field list of a well-known permission
 * library, in one run. Requests are made outside the measured time; there is no cache of decisions to reach.
 */
export const benchDecisions = (): readonly Measured[] => {
  const rules = ruleset([NJ_READING]);
  const bags = Array.from({ length: REQUESTS }, (_one, number) => bagOf(number));
  const standing = Array.from({ length: AUTHORITIES }, (_one, number) => papersOf(number));
  // Of documents that are gone, as a stored request is read: it shares nothing with a bag that is still in use.
  const rotating = bags.map((_bag, number) => requestOf(bagOf(number)));
  for (const asked of rotating) for (const papers of standing) checked(asked, papers, rules);

  let fresh: readonly DisclosureRequest[] = [];
  let unread: readonly Authority[] = [];
  const ability = createMongoAbility([{ action: 'read', subject: 'Claim', fields: [...CLAIM_GRANTS] }]);
  const options = { fieldsFrom: (rule: { fields?: string[] | undefined }) => rule.fields ?? [...FIELD_IDS] };

  const sides: Record<string, Side> = {
    [`decide: ${FIELDS} loci, ${REQUESTS} requests in turn, ${AUTHORITIES} authorities`]: {
      unit: 'decisions/s',
      run: deciding({ requests: () => rotating, papers: () => standing, rules, count: ROUND }),
    },
    'decide: the same, each request new': {
      unit: 'decisions/s',
      prepare: () => {
        fresh = bags.map(requestOf);
      },
      run: deciding({ requests: () => fresh, papers: () => standing, rules, count: REQUESTS }),
    },
    'decide: the same, all papers new': {
      unit: 'decisions/s',
      prepare: () => {
        unread = Array.from({ length: NEW_PAPERS }, (_one, number) => papersOf(number));
      },
      run: deciding({ requests: () => rotating, papers: () => unread, rules, count: NEW_PAPERS }),
    },
    'describe, then decide': {
      unit: 'decisions/s',
      run: () => {
        for (const [number, asked] of rotating.entries()) {
          const [bag, papers] = [bags[number], standing[number % standing.length]];
          if (bag && papers) kept += decide({ ...asked, offers: describe(bag, CODES) }, papers, rules).rulings.length;
        }
        return REQUESTS;
      },
    },
    [`describe: ${FIELDS} values`]: {
      unit: 'documents/s',
      run: () => {
        for (const bag of bags) kept += describe(bag, CODES).length;
        return bags.length;
      },
    },
    'CASL permittedFieldsOf: one rule, no reasons': {
      unit: 'answers/s',
      run: () => {
        for (let index = 0; index < ROUND; index += 1)
          kept += permittedFieldsOf(ability, 'read', 'Claim', options).length;
        return ROUND;
      },
    },
  };
  const measured = rounds(sides, { warmUp: 2, rounds: 9 });
  if (kept === 0) throw new Error('the bench decided nothing');
  return measured;
};
