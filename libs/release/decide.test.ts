import { describe, expect, it } from 'vitest';
import { expandGrants, FieldBag, type FieldId, fieldOf, formatOf, locus } from '#libs/catalogue';
import { type TimeZone, UTC } from '#libs/kernel';
import { CEILINGS, CODES, DC, NJ, NJ_READING, ruleset } from '../../test/support/config-data.js';
import {
  authority,
  CLAIM_GRANTS,
  CLIENT,
  DATES_AND_FEES,
  day,
  INSURER,
  invoiceBag,
  noon,
  NOW,
  OTHER_CLIENT,
  OTHER_INSURER,
  release,
  releaseId,
  REPORT_GRANTS,
  reportBag,
  request,
} from '../../test/support/release-fixtures.js';
import { decide, type Decision, describe as describeBag, type DisclosureRequest, type InsurerForm } from './index.js';

const RULES = ruleset();
const JERSEY = [{ jurisdiction: 'US-NJ', profession: 'psychologist' }];

const causes = (decision: Decision): readonly string[] => [...new Set(decision.gaps.map((gap) => gap.cause))];
const ruling = (decision: Decision, field: FieldId, occurrence?: string) =>
  decision.rulings.find((one) => one.locus.field === field && one.locus.occurrence === occurrence);
const sent = (decision: Decision): readonly string[] =>
  decision.outcome === 'send'
    ? decision.rulings.filter((one) => one.effect !== 'withhold').map((one) => one.locus.field)
    : [];

const FORM: InsurerForm = {
  id: 'otr',
  version: '1',
  markers: true,
  fields: (
    [
      'client.name.first',
      'client.birthDate',
      'diagnosis.primary',
      'functioning.level',
      'distress.level',
      'reason.continuing',
      'prognosis.estimatedDuration',
      'prognosis.text',
      'plan.sessionsRequested',
      'plan.startDate',
      'plan.endDate',
      'history.trauma',
    ] as const
  ).map((field) => ({ field, usage: 'situational' as const })),
};
const reportRequest = (change: Parameters<typeof request>[1] = {}) =>
  request(reportBag(), {
    purpose: 'COVAUTH',
    format: 'treatment-report',
    form: FORM,
    aboutDates: [day('2026-06-15')],
    ...change,
  });

describe('the ordinary case', () => {
  it('sends a claim that the release covers, and names the release behind each field', () => {
    const decision = decide(request(invoiceBag()), authority([release()]), RULES);
    expect(decision.outcome).toBe('send');
    expect(decision.gaps).toEqual([]);
    expect(ruling(decision, 'diagnosis.primary', 'D1')).toMatchObject({
      effect: 'send',
      reasons: [{ code: 'granted', source: `release:${releaseId(1)}`, revision: '1' }],
    });
    expect(decision.validUntil).toBe(noon('2026-12-31') + 12 * 3_600_000);
  });

  it('never sends what the format does not ask, though the release may grant it', () => {
    const decision = decide(
      request(invoiceBag()),
      authority([release({ grants: [...CLAIM_GRANTS, 'client.phone'] })]),
      RULES,
    );
    expect(ruling(decision, 'client.inTreatment')?.reasons[0]?.code).toBe('not_asked');
    expect(sent(decision)).not.toContain('client.phone');
  });

  it('never sends psychotherapy notes, even if a release names nothing else', () => {
    const decision = decide(request(invoiceBag()), authority([release({ grants: ['note.psychotherapy'] })]), RULES);
    expect(ruling(decision, 'note.psychotherapy')?.effect).toBe('withhold');
  });
});

describe('the days of a practice', () => {
  const OREGON = 'America/Los_Angeles' as TimeZone;
  const TONGA = 'Pacific/Tongatapu' as TimeZone;
  const at = (now: string, timeZone: TimeZone, change: Parameters<typeof release>[0] = {}): Decision =>
    decide(request(invoiceBag(), { now: Date.parse(now), timeZone }), authority([release(change)]), RULES);

  it('begin and end its releases: west of Greenwich later, east of it earlier', () => {
    const from = { validFrom: day('2026-06-16') };
    expect(causes(at('2026-06-16T06:59:59.999Z', OREGON, from))).toEqual(['not_yet_valid']);
    expect(at('2026-06-16T07:00:00Z', OREGON, from).outcome).toBe('send');
    expect(at('2026-06-15T11:00:00Z', TONGA, from).outcome).toBe('send');
    const until = { validUntil: day('2026-06-15') };
    expect(at('2026-06-16T06:59:59.999Z', OREGON, until).outcome).toBe('send');
    expect(causes(at('2026-06-16T07:00:00Z', OREGON, until))).toEqual(['expired']);
    expect(causes(at('2026-06-15T11:00:00Z', TONGA, until))).toEqual(['expired']);
  });

  it('say until when a decision holds, also once the clocks have changed', () => {
    expect(at('2026-06-15T12:00:00Z', OREGON).validUntil).toBe(Date.parse('2027-01-01T08:00:00Z'));
    const [short, long] = [day('2026-03-08'), day('2026-11-01')];
    expect(at('2026-03-08T20:00:00Z', OREGON, { validUntil: short }).validUntil).toBe(
      Date.parse('2026-03-09T07:00:00Z'),
    );
    expect(at('2026-11-01T20:00:00Z', OREGON, { validUntil: long }).validUntil).toBe(
      Date.parse('2026-11-02T08:00:00Z'),
    );
  });

  it('are never taken for those of another zone by what is remembered of the same papers', () => {
    const papers = authority([release({ validFrom: day('2026-06-16') })]);
    const asked = (timeZone: TimeZone): DisclosureRequest =>
      request(invoiceBag(), { now: Date.parse('2026-06-16T03:00:00Z'), timeZone });
    const outcomes = [UTC, OREGON, UTC, TONGA].map((zone) => decide(asked(zone), papers, RULES).outcome);
    expect(outcomes).toEqual(['send', 'deny', 'send', 'send']);
  });

  it('count the longest time of a ceiling', () => {
    const ceiling = { ...CEILINGS[0], enabled: true, longestReleaseDays: 10 } as (typeof CEILINGS)[number];
    const rules = ruleset([], [{ ...ceiling, fields: CLAIM_GRANTS, signerRule: [] }]);
    const signed = {
      signedAt: Date.parse('2026-10-25T17:00:00Z'),
      signatures: [
        { role: 'client' as const, signedOn: day('2026-10-25'), authorityDocumented: false, witnessed: false },
      ],
    };
    const asked = (now: string): Decision =>
      decide(
        request(invoiceBag(), {
          ...{ now: Date.parse(now), timeZone: OREGON },
          clinicians: [
            { jurisdiction: ceiling.jurisdiction, profession: ceiling.appliesTo.professions[0] ?? 'counselor' },
          ],
        }),
        authority([release(signed)]),
        rules,
      );
    expect(causes(asked('2026-11-04T07:59:59.999Z'))).not.toContain('expired');
    expect(causes(asked('2026-11-04T08:00:00Z'))).toContain('expired');
  });
});

describe('cases of the release law, by number', () => {
  it('case 1: revoked after queueing, before sending — nothing goes', () => {
    const revoked = authority([release()], {
      revocations: [{ release: releaseId(1), receivedAt: NOW - 1, recordedAt: NOW, channel: 'fax' }],
    });
    const decision = decide(request(invoiceBag()), revoked, RULES);
    expect([decision.outcome, ...causes(decision)]).toEqual(['deny', 'revoked']);
    expect(decision.rulings.every((one) => one.effect === 'withhold')).toBe(true);
  });

  it('case 1: revocation counts from its receipt, not from its entry', () => {
    const later = authority([release()], {
      revocations: [{ release: releaseId(1), receivedAt: NOW + 1, recordedAt: NOW + 2, channel: 'letter' }],
    });
    expect(decide(request(invoiceBag()), later, RULES).outcome).toBe('send');
  });

  it('case 2: sent, then revoked — what would go again (a resubmission) does not', () => {
    const revoked = authority([release()], {
      revocations: [{ release: releaseId(1), receivedAt: NOW - 86_400_000, recordedAt: NOW, channel: 'portal' }],
    });
    expect(decide(request(invoiceBag(), { now: NOW + 1 }), revoked, RULES).outcome).toBe('deny');
  });

  it('case 3: outcome unknown, then revoked — the retry is refused like any other', () => {
    const revoked = authority([release()], {
      epoch: 2,
      revocations: [{ release: releaseId(1), receivedAt: NOW - 1, recordedAt: NOW - 1, channel: 'portal' }],
    });
    expect(causes(decide(request(invoiceBag()), revoked, RULES))).toEqual(['revoked']);
  });

  it('case 4: expired between the session and the sending', () => {
    const expired = authority([release({ validUntil: day('2026-05-31') })]);
    expect(causes(decide(request(invoiceBag()), expired, RULES))).toEqual(['expired']);
  });

  it('case 4: a new release may cover past sessions if it says so', () => {
    const renewed = release({
      id: releaseId(2),
      validFrom: day('2026-06-10'),
      signedAt: noon('2026-06-10'),
      serviceFrom: day('2026-01-01'),
    });
    const both = authority([release({ validUntil: day('2026-05-31') }), renewed]);
    expect(decide(request(invoiceBag()), both, RULES).outcome).toBe('send');
    const narrower = authority([
      release({ validUntil: day('2026-05-31') }),
      { ...renewed, serviceFrom: day('2026-05-10') },
    ]);
    expect(causes(decide(request(invoiceBag()), narrower, RULES))).toContain('service_date_out_of_scope');
  });

  it('case 5: a route that leads to somebody else, or through an agent without an agreement', () => {
    const route = request(invoiceBag()).route;
    for (const [change, cause, outcome] of [
      [{ ...route, reachesRecipient: false }, 'recipient_mismatch', 'deny'],
      [{ ...route, agentAgreement: false }, 'agent_agreement_missing', 'hold'],
      [{ ...route, reachesRecipient: false, agentAgreement: false }, 'recipient_mismatch', 'deny'],
    ] as const) {
      const decision = decide(request(invoiceBag(), { route: change }), authority([release()]), RULES);
      expect([decision.outcome, ...causes(decision)]).toEqual([outcome, cause]);
    }
  });

  it('case 5: a release for one insurer says nothing to another', () => {
    const decision = decide(
      request(invoiceBag(), { recipient: { id: OTHER_INSURER, class: 'insurer' } }),
      authority([release()]),
      RULES,
    );
    expect([decision.outcome, ...causes(decision)]).toEqual(['deny', 'recipient_mismatch']);
  });

  it('case 6: dates and fees only — the claim holds with everything that it lacks', () => {
    const decision = decide(request(invoiceBag()), authority([release({ grants: DATES_AND_FEES })]), RULES);
    expect(decision.outcome).toBe('hold');
    expect(decision.gaps.map((gap) => gap.code)).toEqual(
      expect.arrayContaining([
        'transport_requires:diagnosis.primary',
        'transport_requires:procedure.code',
        'transport_requires:client.birthDate',
      ]),
    );
    expect(new Set(decision.gaps.map((gap) => gap.curer))).toEqual(new Set(['client']));
    expect(decision.gaps.map((gap) => gap.locus?.field)).not.toContain('session.date');
  });

  it('case 6: what several lines lack for one cause is one gap, which names them', () => {
    const codeless = CLAIM_GRANTS.filter((id) => id !== 'procedure.code' && id !== 'diagnosis.secondary');
    const decision = decide(request(invoiceBag()), authority([release({ grants: codeless })]), RULES);
    expect(decision.gaps).toMatchObject([
      { locus: { field: 'procedure.code', occurrence: 'L1' }, occurrences: ['L1', 'L2'], cause: 'field_not_granted' },
    ]);
    expect(decision.gaps[0]?.reasons).toHaveLength(1);
    const one = decide(
      request(invoiceBag(), { excludedLines: ['L2'] }),
      authority([release({ grants: codeless })]),
      RULES,
    );
    expect(one.gaps.map(({ locus: at, occurrences }) => [at?.occurrence, occurrences])).toEqual([['L1', undefined]]);
  });

  it('lines that lack the same for different causes are different gaps', () => {
    const bag = invoiceBag([
      { id: 'L1', date: '2026-05-04', procedure: '99999' },
      { id: 'L2', date: '2026-05-11' },
    ]);
    const asked = request(bag);
    const offers = asked.offers.filter(({ locus: at }) => at.field !== 'procedure.code' || at.occurrence !== 'L2');
    const { gaps } = decide({ ...asked, offers }, authority([release()]), RULES);
    expect(gaps.map(({ locus: at, cause, occurrences }) => [at?.occurrence, cause, occurrences])).toEqual([
      ['L1', 'unclassified_code', undefined],
      ['L2', 'missing', undefined],
    ]);
  });

  it('case 6: dates and fees only — the statement goes over a permitted channel', () => {
    const decision = decide(
      request(invoiceBag(), { format: 'statement' }),
      authority([release({ grants: DATES_AND_FEES })]),
      RULES,
    );
    expect(decision.outcome).toBe('send');
    expect(new Set(sent(decision))).toEqual(new Set(DATES_AND_FEES));
    const unrecorded = request(invoiceBag(), {
      format: 'statement',
      route: { ...request(invoiceBag()).route, formatPermitted: false },
    });
    expect(causes(decide(unrecorded, authority([release({ grants: DATES_AND_FEES })]), RULES))).toEqual([
      'channel_not_permitted',
    ]);
  });

  it('case 6: New Jersey by its letter stops the claim, and the practice can choose', () => {
    const decision = decide(request(invoiceBag(), { clinicians: JERSEY }), authority([release()]), RULES);
    expect(decision.outcome).toBe('hold');
    expect(causes(decision)).toEqual([`ceiling:${NJ}`]);
    expect(new Set(decision.gaps.map((gap) => gap.curer))).toEqual(new Set(['practice']));
  });

  it('case 6: chosen literally, nobody can cure it', () => {
    const literal = ruleset([{ ceiling: NJ, choice: 'literal', revision: 'c' }]);
    const decision = decide(request(invoiceBag(), { clinicians: JERSEY }), authority([release()]), literal);
    expect(new Set(decision.gaps.map((gap) => gap.curer))).toEqual(new Set(['nobody']));
  });

  it('case 6: under the chosen reading it goes, and the ruling names the reading', () => {
    const decision = decide(
      request(invoiceBag(), { clinicians: JERSEY }),
      authority([release()]),
      ruleset([NJ_READING]),
    );
    expect(decision.outcome).toBe('send');
    expect(ruling(decision, 'procedure.code', 'L1')?.reasons.map((one) => one.code)).toContain(
      'reading:nj-transaction-is-administrative',
    );
  });

  it('case 6: a reading never reaches a treatment report', () => {
    const report = release({
      purposes: ['COVAUTH'],
      grants: [...REPORT_GRANTS, 'reason.continuing', 'history.trauma'],
    });
    const decision = decide(reportRequest({ clinicians: JERSEY }), authority([report]), ruleset([NJ_READING]));
    expect(ruling(decision, 'client.birthDate')).toMatchObject({ effect: 'generalise', form: 'client.age' });
    expect(ruling(decision, 'reason.continuing')).toMatchObject({ effect: 'generalise', form: 'functioning.level' });
    expect(ruling(decision, 'history.trauma')?.reasons.map((one) => one.code)).toEqual([`ceiling:${NJ}`]);
  });

  it('case 6: a self-insured plan is exempt in New Jersey, on evidence only', () => {
    const exempt = request(invoiceBag(), { clinicians: JERSEY, funding: 'self-insured' });
    expect(decide(exempt, authority([release()]), RULES).outcome).toBe('send');
    expect(decide({ ...exempt, fundingEvidence: false }, authority([release()]), RULES).outcome).toBe('hold');
    expect(decide({ ...exempt, funding: 'unknown' }, authority([release()]), RULES).outcome).toBe('hold');
  });

  it('case 6: the licence of a supervisor binds too', () => {
    const supervised = request(invoiceBag(), {
      clinicians: [{ jurisdiction: 'US-OR', profession: 'counselor' }, ...JERSEY],
    });
    expect(decide(supervised, authority([release()]), RULES).outcome).toBe('hold');
  });

  const second = release({
    id: releaseId(2),
    grants: [...DATES_AND_FEES],
    signedAt: noon('2026-02-01'),
    validFrom: day('2026-02-01'),
  });

  it('case 7: two releases without a recorded relation hold as ambiguous (the design holds where the case allows the intersection)', () => {
    const decision = decide(request(invoiceBag()), authority([release(), second]), RULES);
    expect([decision.outcome, ...causes(decision)]).toEqual(['hold', 'ambiguous_releases']);
  });

  it('case 7: the ambiguity survives the revocation and the expiry of either', () => {
    const revoked = authority([release(), second], {
      revocations: [{ release: releaseId(2), receivedAt: NOW - 5, recordedAt: NOW - 5, channel: 'fax' }],
    });
    expect(causes(decide(request(invoiceBag()), revoked, RULES))).toEqual(['ambiguous_releases']);
    const expired = authority([release(), { ...second, validUntil: day('2026-03-01') }]);
    expect(causes(decide(request(invoiceBag()), expired, RULES))).toEqual(['ambiguous_releases']);
  });

  it('case 7: releases that were never in force together are not ambiguous', () => {
    const earlier = release({ validUntil: day('2026-01-15') });
    expect(decide(request(invoiceBag(), { format: 'statement' }), authority([earlier, second]), RULES).outcome).toBe(
      'send',
    );
  });

  it('case 7: supersedes takes the newer alone, and the older never revives', () => {
    const relation = { kind: 'supersedes' as const, newer: releaseId(2), older: releaseId(1), recordedAt: NOW };
    expect(
      decide(request(invoiceBag()), authority([release(), second], { relations: [relation] }), RULES).outcome,
    ).toBe('hold');
    const revoked = authority([release(), second], {
      relations: [relation],
      revocations: [{ release: releaseId(2), receivedAt: NOW - 5, recordedAt: NOW - 5, channel: 'fax' }],
    });
    expect(causes(decide(request(invoiceBag()), revoked, RULES))).toEqual(['revoked']);
  });

  it('a decision ends where another paper begins, though that one is known to be false by then', () => {
    const begins = noon('2026-07-01') - 12 * 3_600_000;
    const falsified = release({ id: releaseId(2), validFrom: day('2026-07-01'), knownFalseAt: NOW - 1 });
    const papers = authority([release(), falsified]);
    const decision = decide(request(invoiceBag()), papers, RULES);
    expect(decision.outcome).toBe('send');
    expect(decision.validUntil).toBe(begins);
    expect(causes(decide(request(invoiceBag(), { now: begins }), papers, RULES))).toEqual(['ambiguous_releases']);
  });

  it('nor does it end where a paper would have begun that another has superseded before', () => {
    const never = release({ id: releaseId(2), validFrom: day('2026-07-01') });
    const successor = release({ id: releaseId(3), purposes: ['COVAUTH'], validFrom: day('2026-06-20') });
    const relation = { kind: 'supersedes' as const, newer: releaseId(3), older: releaseId(2), recordedAt: NOW };
    const papers = authority([release(), never, successor], { relations: [relation] });
    expect(decide(request(invoiceBag()), papers, RULES).validUntil).toBe(noon('2026-12-31') + 12 * 3_600_000);
  });

  it('case 7: a newer paper that drops a purpose ends the older one for that purpose too', () => {
    const older = release({ purposes: ['HPAYMT', 'COVAUTH'], grants: [...CLAIM_GRANTS, ...REPORT_GRANTS] });
    const newer = release({ id: releaseId(2), purposes: ['HPAYMT'] });
    const relation = { kind: 'supersedes' as const, newer: releaseId(2), older: releaseId(1), recordedAt: NOW };
    expect(decide(reportRequest(), authority([older, newer], { relations: [relation] }), RULES).outcome).toBe('deny');
  });

  it('case 7: adds_to joins the two, each field attributed to its own release; ending the base ends the addition', () => {
    const base = release({ grants: DATES_AND_FEES });
    const addition = release({ id: releaseId(2), grants: CLAIM_GRANTS.filter((id) => !DATES_AND_FEES.includes(id)) });
    const relation = { kind: 'adds_to' as const, newer: releaseId(2), older: releaseId(1), recordedAt: NOW };
    const joined = decide(request(invoiceBag()), authority([base, addition], { relations: [relation] }), RULES);
    expect(joined.outcome).toBe('send');
    expect(ruling(joined, 'session.date', 'L1')?.reasons[0]?.source).toBe(`release:${releaseId(1)}`);
    expect(ruling(joined, 'diagnosis.primary', 'D1')?.reasons[0]?.source).toBe(`release:${releaseId(2)}`);
    const ended = authority([base, addition], {
      relations: [relation],
      revocations: [{ release: releaseId(1), receivedAt: NOW - 5, recordedAt: NOW - 5, channel: 'fax' }],
    });
    expect(decide(request(invoiceBag()), ended, RULES).outcome).toBe('deny');
  });

  const minor = (
    age: number,
    roles: readonly ('client' | 'parent')[],
    parentConsented: boolean | 'unknown' = 'unknown',
  ) =>
    release({
      signerFacts: { ageAtSigning: age, parentConsentedToTreatment: parentConsented },
      signatures: roles.map((role) => ({
        role,
        signedOn: day('2026-01-01'),
        authorityDocumented: role !== 'client',
        witnessed: false,
      })),
    });
  const inDc = request(invoiceBag(), {
    format: 'statement',
    clinicians: [{ jurisdiction: 'US-DC', profession: 'psychologist' }],
  });

  const signings = [
    ['13, parent', minor(13, ['parent']), 'send'],
    ['13, client', minor(13, ['client']), 'hold'],
    ['15, parent alone', minor(15, ['parent']), 'hold'],
    ['15, client and parent', minor(15, ['client', 'parent']), 'send'],
    ['15, client alone, parent did not consent to treatment', minor(15, ['client'], false), 'send'],
    ['15, client alone, unknown', minor(15, ['client']), 'hold'],
    ['34, client', minor(34, ['client']), 'send'],
  ] as const;
  for (const [name, paper, outcome] of signings) {
    it(`case 8: signers in D.C., ${name} → ${outcome}`, () => {
      const decision = decide(inDc, authority([paper]), RULES);
      expect([decision.outcome, ...causes(decision)]).toEqual(
        outcome === 'hold' ? ['hold', 'signer_incomplete'] : ['send'],
      );
    });
  }

  const paid = {
    id: 'r1',
    revision: 1,
    kind: 'paid-in-full' as const,
    recipient: INSURER,
    serviceDates: [day('2026-05-11')],
  };

  it('case 9: a paid-in-full line holds a claim, is dropped from a statement and never totalled', () => {
    const claim = decide(request(invoiceBag()), authority([release()], { restrictions: [paid] }), RULES);
    expect(claim.outcome).toBe('hold');
    expect(causes(claim)).toEqual(['restricted_522']);
    const statement = decide(
      request(invoiceBag(), { format: 'statement' }),
      authority([release()], { restrictions: [paid] }),
      RULES,
    );
    expect(statement.outcome).toBe('send');
    expect(ruling(statement, 'session.date', 'L2')?.effect).toBe('withhold');
    expect(ruling(statement, 'fee.total')?.over).toEqual(['L1']);
  });

  it('case 9: a payment for all lines, and the diagnosis of the line that stays, stay with it', () => {
    const unpaid = () =>
      invoiceBag(
        [
          { id: 'L1', date: '2026-05-04' },
          { id: 'L2', date: '2026-05-11', pointers: ['D2'] },
        ],
        ['F331', 'F411'],
      );
    const bag = unpaid().set(locus('fee.paid'), 15_000);
    const papers = authority([release()], { restrictions: [paid] });
    const statement = decide(request(bag, { format: 'statement' }), papers, RULES);
    expect(ruling(statement, 'fee.paid')).toMatchObject({ effect: 'withhold', reasons: [{ code: 'line_excluded' }] });
    // What was paid of the lines that would go nobody can tell: without it they would seem to be owed.
    expect([statement.outcome, ...causes(statement)]).toEqual(['hold', 'line_excluded']);
    expect(statement.gaps[0]?.curer).toBe('office');
    expect(decide(request(unpaid(), { format: 'statement' }), papers, RULES).outcome).toBe('send');
    const split = decide(request(bag, { excludedLines: ['L2'] }), papers, RULES);
    expect(ruling(split, 'diagnosis.secondary', 'D2')?.effect).toBe('withhold');
    expect(causes(split)).toEqual(['line_excluded']);
  });

  it('case 9: with every line paid in full nothing goes, whatever the release says', () => {
    const decision = decide(
      request(invoiceBag([{ id: 'L1', date: '2026-05-11' }])),
      authority([release()], { restrictions: [paid] }),
      RULES,
    );
    expect([decision.outcome, ...causes(decision)]).toEqual(['deny', 'restricted_522']);
  });

  it('case 9: the restriction also holds inside the session count of a report', () => {
    const bag = reportBag()
      .set(locus('session.date', 'L1'), '2026-05-04')
      .set(locus('session.date', 'L2'), '2026-05-11');
    const form: InsurerForm = { ...FORM, fields: [...FORM.fields, { field: 'session.count', usage: 'situational' }] };
    const asked = request(bag, { purpose: 'COVAUTH', format: 'treatment-report', form });
    const report = release({ purposes: ['COVAUTH'], grants: REPORT_GRANTS });
    const decision = decide(asked, authority([report], { restrictions: [paid] }), RULES);
    expect(ruling(decision, 'session.count')).toMatchObject({ effect: 'send', over: ['L1'] });
  });

  it('case 9: a person may take the line out; then the rest goes', () => {
    const decision = decide(
      request(invoiceBag(), { excludedLines: ['L2'] }),
      authority([release()], { restrictions: [paid] }),
      RULES,
    );
    expect(decision.outcome).toBe('send');
    expect(ruling(decision, 'fee.total')?.over).toEqual(['L1']);
  });

  it('case 10: a substance use diagnosis needs a grant of its own', () => {
    const bag = invoiceBag(undefined, ['F1020']);
    const without = decide(request(bag), authority([release()]), RULES);
    expect([without.outcome, ...causes(without)]).toEqual(['hold', 'special_category:substanceUse']);
    const granted = release({ grants: [...CLAIM_GRANTS, 'sud.present'] });
    expect(decide(request(bag), authority([granted]), RULES).outcome).toBe('send');
  });

  it('case 10: as a secondary diagnosis it stays, and the rest goes', () => {
    const decision = decide(request(invoiceBag(undefined, ['F331', 'F1020'])), authority([release()]), RULES);
    expect(decision.outcome).toBe('send');
    expect(ruling(decision, 'diagnosis.secondary', 'D2')?.effect).toBe('withhold');
  });

  it('case 10: a part 2 programme needs a part 2 consent, and the notice needs a place', () => {
    const bag = invoiceBag(undefined, ['F1020']);
    const plain = release({ grants: [...CLAIM_GRANTS, 'sud.present'] });
    expect(decide(request(bag, { part2Program: true }), authority([plain]), RULES).outcome).toBe('hold');
    const part2 = { ...plain, statements: [...plain.statements, 'part2' as const] };
    const claim = decide(request(bag, { part2Program: true }), authority([part2]), RULES);
    expect(causes(claim)).toEqual(['enclosure_channel']);
    const companion = request(bag, { part2Program: true, route: { ...request(bag).route, companionChannel: true } });
    expect(decide(companion, authority([part2]), RULES)).toMatchObject({
      outcome: 'send',
      enclosures: ['42-cfr-2.32', 'release-extract'],
    });
  });

  it('case 10: what such a programme must enclose goes beside what a ceiling asks', () => {
    const bag = invoiceBag(undefined, ['F1020']);
    const part2 = release({ grants: [...CLAIM_GRANTS, 'sud.present'], statements: [...release().statements, 'part2'] });
    const asked = request(bag, {
      ...{ part2Program: true, format: 'statement' },
      clinicians: [{ jurisdiction: 'US-DC', profession: 'social-worker' }],
    });
    expect(decide(asked, authority([part2]), RULES).enclosures).toEqual([
      '42-cfr-2.32',
      'dc-redisclosure',
      'release-extract',
    ]);
  });

  it('case 10: the consent of a part 2 programme is that of the paper which grants, and no other lends its words', () => {
    const bag = invoiceBag(undefined, ['F1020']);
    const plain = release({ grants: [...CLAIM_GRANTS, 'sud.present'] });
    const addition = release({
      id: releaseId(2),
      grants: ['client.phone'],
      statements: [...plain.statements, 'part2'],
    });
    const papers = authority([plain, addition], {
      relations: [{ kind: 'adds_to', newer: addition.id, older: plain.id, recordedAt: NOW - 1 }],
    });
    const decision = decide(request(bag, { part2Program: true }), papers, RULES);
    expect(causes(decision)).toEqual(['special_category:substanceUse']);
  });

  it('case 10: nor does a report of such a programme tell it in a field of its own', () => {
    const bag = reportBag().set(locus('sud.present'), 'yes');
    const form: InsurerForm = { ...FORM, fields: [...FORM.fields, { field: 'sud.present', usage: 'situational' }] };
    const asked = { purpose: 'COVAUTH', format: 'treatment-report', form } as const;
    const plain = release({ purposes: ['COVAUTH'], grants: [...REPORT_GRANTS, 'sud.present'] });
    const part2 = { ...plain, statements: [...plain.statements, 'part2' as const] };
    const told = (paper: typeof plain, part2Program: boolean) =>
      ruling(decide(request(bag, { ...asked, part2Program }), authority([paper]), RULES), 'sud.present');
    expect(told(plain, false)?.effect).toBe('send');
    expect(told(plain, true)).toMatchObject({
      effect: 'withhold',
      reasons: [{ code: 'special_category:substanceUse' }],
    });
    expect(told(part2, true)?.effect).toBe('send');
  });

  it('a paper that was recorded late has lived since it was signed', () => {
    const dc = [{ jurisdiction: 'US-DC', profession: 'psychologist' }];
    const signed = (signedOn: string) =>
      release({
        signedAt: NOW - 1,
        validFrom: day('2025-01-01'),
        signatures: [{ role: 'client', signedOn: day(signedOn), authorityDocumented: false, witnessed: false }],
      });
    const asked = request(invoiceBag(), { format: 'statement', clinicians: dc });
    expect(decide(asked, authority([signed('2025-07-01')]), RULES).outcome).toBe('send');
    expect(causes(decide(asked, authority([signed('2025-06-01')]), RULES))).toEqual(['expired']);
  });

  it('case 14: psychotherapy notes together with anything else make the paper unusable', () => {
    const compound = release({ grants: [...CLAIM_GRANTS, 'note.psychotherapy'] });
    expect(causes(decide(request(invoiceBag()), authority([compound]), RULES))).toEqual(['compound_psynotes']);
  });

  it('case 16: the clinician may send less than the release, never more', () => {
    const limit = {
      id: 'l1',
      revision: 1,
      kind: 'clinician-limit' as const,
      fields: ['plan.sessionsRequested' as const],
    };
    const report = release({ purposes: ['COVAUTH'], grants: REPORT_GRANTS });
    const decision = decide(reportRequest(), authority([report], { restrictions: [limit] }), RULES);
    expect(ruling(decision, 'plan.sessionsRequested')).toMatchObject({
      effect: 'withhold',
      reasons: [{ code: 'clinician_limit' }],
    });
  });

  it('case 16: what a client keeps back stays in whatever it can be read from', () => {
    const report = release({ purposes: ['COVAUTH'], grants: [...REPORT_GRANTS, 'client.birthDate'] });
    const keeping = (field: 'client.age' | 'client.ageBand' | 'client.sex') =>
      authority([report], {
        restrictions: [{ id: 'l1', revision: 1, kind: 'client-restriction' as const, fields: [field] }],
      });
    const told = (field: Parameters<typeof keeping>[0]) =>
      ruling(decide(reportRequest(), keeping(field), RULES), 'client.birthDate')?.effect;
    expect(told('client.sex')).toBe('send');
    expect(told('client.age')).toBe('withhold');
    expect(told('client.ageBand')).toBe('withhold');
  });

  it('case 17: “any and all information” is not specific', () => {
    expect(causes(decide(request(invoiceBag()), authority([release({ blanket: true })]), RULES))).toEqual([
      'not_specific',
    ]);
  });

  it('case 18: no expiry is no release', () => {
    const { validUntil: _until, ...endless } = release();
    expect(causes(decide(request(invoiceBag()), authority([endless]), RULES))).toEqual(['element_missing:expiry']);
  });

  it('case 18: D.C. ends a release after 365 days, whatever the paper says', () => {
    const long = release({ validFrom: day('2025-01-01'), signedAt: noon('2025-01-01'), validUntil: day('2030-01-01') });
    expect(causes(decide(inDc, authority([long]), RULES))).toEqual(['expired']);
    expect(decide(request(invoiceBag(), { format: 'statement' }), authority([long]), RULES).outcome).toBe('send');
  });

  it('case 19: a release by one of a couple lends nothing of the other', () => {
    expect(causes(decide(request(invoiceBag()), authority([release({ client: OTHER_CLIENT })]), RULES))).toEqual([
      'no_release',
    ]);
    const bag = invoiceBag().set(locus('session.participants', 'L1'), ['somebody']);
    const decision = decide(
      request(bag),
      authority([release({ grants: [...CLAIM_GRANTS, 'session.participants'] })]),
      RULES,
    );
    expect(ruling(decision, 'session.participants', 'L1')?.effect).toBe('withhold');
  });

  it('case 19: a code that tells that others were there needs that grant', () => {
    const bag = invoiceBag([{ id: 'L1', date: '2026-05-04', procedure: '90847' }]);
    const without = release({ grants: CLAIM_GRANTS.filter((id) => id !== 'session.character') });
    expect(causes(decide(request(bag), authority([without]), RULES))).toEqual(['special_category:othersPresent']);
    expect(decide(request(bag), authority([release()]), RULES).outcome).toBe('send');
  });

  it('case 20: another policy holder and a wish for confidential communication hold', () => {
    const wish = { id: 'w', revision: 1, kind: 'confidential-communication' as const };
    const exposed = request(invoiceBag(), { subscriberIsClient: false });
    expect(decide(exposed, authority([release()]), RULES).outcome).toBe('send');
    expect(causes(decide(exposed, authority([release()], { restrictions: [wish] }), RULES))).toEqual(['eob_exposure']);
  });

  it('case 22: a release for invoices carries no treatment report', () => {
    expect(causes(decide(reportRequest(), authority([release()]), RULES))).toEqual(['purpose_not_granted']);
  });

  it('case 23: a release found to be false is void from its discovery', () => {
    expect(causes(decide(request(invoiceBag()), authority([release({ knownFalseAt: NOW })]), RULES))).toEqual([
      'known_false',
    ]);
    expect(decide(request(invoiceBag()), authority([release({ knownFalseAt: NOW + 1 })]), RULES).outcome).toBe('send');
  });

  it('case 24: a ceiling that comes into force after enqueueing binds, and the signed ids stay as they were', () => {
    const before = ruleset(
      [],
      CEILINGS.map((ceiling) => ({ ...ceiling, enabled: false })),
    );
    const asked = request(invoiceBag(), { clinicians: JERSEY });
    expect(decide(asked, authority([release()]), before).outcome).toBe('send');
    expect(decide(asked, authority([release()]), RULES).outcome).toBe('hold');
  });
});

describe('what only holds', () => {
  it('not yet valid', () => {
    expect(
      causes(decide(request(invoiceBag()), authority([release({ validFrom: day('2026-07-01') })]), RULES)),
    ).toEqual(['not_yet_valid']);
  });

  it('an event that ended it', () => {
    const { validUntil: _until, ...base } = release();
    const open = { ...base, expiryEvent: { code: 'end-of-treatment' } };
    expect(decide(request(invoiceBag()), authority([open]), RULES).outcome).toBe('send');
    const over = { ...base, expiryEvent: { code: 'end-of-treatment', occurredAt: NOW - 1 } };
    expect(causes(decide(request(invoiceBag()), authority([over]), RULES))).toEqual(['expired']);
  });

  it('a code that nobody classified', () => {
    expect(CODES.reveals('procedure', '99999')).toBe('unclassified');
    const bag = invoiceBag([{ id: 'L1', date: '2026-05-04', procedure: '99999' }]);
    const decision = decide(request(bag), authority([release()]), RULES);
    expect(causes(decision)).toEqual(['unclassified_code']);
    expect(decision.gaps[0]?.curer).toBe('practice');
  });

  it('a modifier, other payer or payment that would have to be left out', () => {
    const grants = CLAIM_GRANTS.filter((id) => id !== 'procedure.modifiers' && id !== 'fee.paid');
    const bag = invoiceBag([{ id: 'L1', date: '2026-05-04', modifiers: ['95'] }]).set(locus('fee.paid'), 2_000);
    const decision = decide(request(bag), authority([release({ grants })]), RULES);
    expect(decision.gaps.map((gap) => gap.code).sort()).toEqual([
      'transport_requires:fee.paid',
      'transport_requires:procedure.modifiers',
    ]);
    const other = decide(request(invoiceBag().set(locus('coverage.other.payer'), 'x')), authority([release()]), RULES);
    expect(other).toMatchObject({ outcome: 'hold', gaps: [{ code: 'cob_unsupported', curer: 'office' }] });
  });

  it.each([
    ['statement', 'HPAYMT'],
    ['receipt', 'PATRQT'],
  ] as const)('a %s says what was paid, or does not go', (format, purpose) => {
    const grants = CLAIM_GRANTS.filter((id) => id !== 'fee.paid');
    const paper = (granted: readonly FieldId[]) => authority([release({ grants: granted, purposes: [purpose] })]);
    const asked = (bag: FieldBag) => request(bag, { format, purpose });
    const paidFor = invoiceBag().set(locus('fee.paid'), 2_000);
    const held = decide(asked(paidFor), paper(grants), RULES);
    expect([held.outcome, ...causes(held)]).toEqual(['hold', 'field_not_granted']);
    expect(held.gaps).toMatchObject([{ code: 'transport_requires:fee.paid', curer: 'client' }]);
    expect(decide(asked(paidFor), paper(CLAIM_GRANTS), RULES).outcome).toBe('send');
    expect(decide(asked(invoiceBag()), paper(grants), RULES).outcome).toBe('send');
  });

  it.each<[FieldId, DisclosureRequest['circumstances'], 'send' | 'withhold']>([
    ['coverage.subscriber.name', ['patient-is-subscriber'], 'withhold'],
    ['coverage.subscriber.name', ['patient-is-dependent'], 'send'],
    ['coverage.other.subscriber', ['patient-is-subscriber', 'after-another-payer'], 'withhold'],
    [
      'coverage.other.subscriber',
      ['patient-is-subscriber', 'after-another-payer', 'dependent-of-other-subscriber'],
      'send',
    ],
    ['coverage.other.linePaid', ['patient-is-subscriber'], 'withhold'],
  ])('%s is asked where there is a place for it (%s)', (field, circumstances, effect) => {
    const occurrence = fieldOf(field).scope === 'line' ? 'L1' : undefined;
    const bag = invoiceBag().set(locus(field, occurrence), ['Holder', 'Ada']);
    const paper = authority([release({ grants: [...CLAIM_GRANTS, field] })]);
    const decided = decide(request(bag, { circumstances }), paper, RULES);
    const found = ruling(decided, field, occurrence);
    expect(found?.effect).toBe(effect);
    if (effect === 'withhold') expect(found?.reasons.map(({ code }) => code)).toEqual(['not_asked']);
    // What is not asked is ruled on alike whether it is there or not.
    if (effect === 'withhold')
      expect(ruling(decide(request(invoiceBag(), { circumstances }), paper, RULES), field, occurrence)).toEqual(found);
  });

  describe('what the format cannot write', () => {
    const without = (bag: FieldBag, ...fields: readonly FieldId[]) =>
      describeBag(bag, CODES, (field) => !fields.includes(field));
    const reasonsOf = (decision: Decision, field: FieldId) => ruling(decision, field)?.reasons.map(({ code }) => code);

    it('is a gap of the office where it is required', () => {
      const offers = without(invoiceBag(), 'coverage.memberId');
      const decision = decide(request(invoiceBag(), { offers }), authority([release()]), RULES);
      expect(decision.gaps).toMatchObject([
        { code: 'transport_requires:coverage.memberId', cause: 'not_writable', curer: 'office' },
      ]);
      expect(ruling(decision, 'coverage.memberId')?.effect).toBe('withhold');
    });

    it('is one where leaving it out would change the meaning', () => {
      const bag = invoiceBag().set(locus('coverage.authorizationNumber'), 'A1');
      const offers = without(bag, 'coverage.authorizationNumber');
      expect(causes(decide(request(bag, { offers }), authority([release()]), RULES))).toEqual(['not_writable']);
    });

    it('stays where it is only wanted, and holds nothing: a grant of it keeps nothing back', () => {
      const bag = invoiceBag().set(locus('coverage.groupNumber'), 'G1');
      const decision = decide(
        request(bag, { offers: without(bag, 'coverage.groupNumber') }),
        authority([release()]),
        RULES,
      );
      expect(decision.outcome).toBe('send');
      expect(reasonsOf(decision, 'coverage.groupNumber')).toEqual(['not_writable']);
    });

    it('is told of nothing that may not go anyway', () => {
      const grants = CLAIM_GRANTS.filter((id) => id !== 'coverage.groupNumber');
      const bag = invoiceBag().set(locus('coverage.groupNumber'), 'G1');
      const papers = authority([release({ grants })]);
      const told = decide(request(bag, { offers: without(bag, 'coverage.groupNumber') }), papers, RULES);
      expect(told.rulings).toEqual(decide(request(bag), papers, RULES).rulings);
    });

    it('is not marked as withheld by the client', () => {
      const form: InsurerForm = {
        ...{ id: 'form', version: '1', markers: true },
        fields: [{ field: 'coverage.memberId', usage: 'required' }],
      };
      const asked = { format: 'treatment-report', purpose: 'COVAUTH', form, useMarkers: true } as const;
      const bag = reportBag();
      const papers = authority([release({ grants: REPORT_GRANTS, purposes: ['COVAUTH'] })]);
      const decision = decide(request(bag, { ...asked, offers: without(bag, 'coverage.memberId') }), papers, RULES);
      expect(ruling(decision, 'coverage.memberId')?.marker).toBeUndefined();
      expect(causes(decision)).toEqual(['not_writable']);
    });
  });

  describe('a claim to the second of two payers', () => {
    const grants = [...CLAIM_GRANTS, ...expandGrants(['coverage.other.*']).ids];
    const afterFirst = (without?: FieldId) => {
      const bag = invoiceBag([{ id: 'L1', date: '2026-05-04' }]);
      for (const field of expandGrants(['coverage.other.*']).ids) {
        if (field === without) continue;
        const value = field === 'coverage.other.relationship' ? 'spouse' : 'x';
        bag.set(locus(field, fieldOf(field).scope === 'line' ? 'L1' : undefined), value);
      }
      return request(bag, {
        circumstances: ['patient-is-subscriber', 'after-another-payer', 'dependent-of-other-subscriber'],
      });
    };

    it('goes once all is known that the first one decided, and granted', () => {
      expect(decide(afterFirst(), authority([release({ grants })]), RULES).outcome).toBe('send');
    });

    it('holds for the client under a release for a single payer, naming all that is wanting', () => {
      const { outcome, gaps } = decide(afterFirst(), authority([release()]), RULES);
      expect(outcome).toBe('hold');
      expect(new Set(gaps.map(({ cause, curer }) => `${cause} ${curer}`))).toEqual(
        new Set(['field_not_granted client']),
      );
      expect(gaps.map(({ code }) => code)).toEqual(
        formatOf('x12-837p')
          .fields.filter(({ field }) => field.startsWith('coverage.other.') && field !== 'coverage.other.claimNumber')
          .map(({ field }) => `transport_requires:${field}`),
      );
    });

    it.each(expandGrants(['coverage.other.*']).ids.filter((id) => id !== 'coverage.other.claimNumber'))(
      'holds where %s is not granted',
      (field) => {
        const some = grants.filter((id) => id !== field);
        const { gaps } = decide(afterFirst(), authority([release({ grants: some })]), RULES);
        expect(gaps).toMatchObject([{ code: `transport_requires:${field}`, curer: 'client' }]);
      },
    );

    it('holds for the office where what the first one paid for a session is not there', () => {
      const { gaps } = decide(afterFirst('coverage.other.linePaid'), authority([release({ grants })]), RULES);
      expect(gaps).toMatchObject([{ position: '2430/SVD02', cause: 'missing', curer: 'office' }]);
    });

    it('goes without the number of the claim there', () => {
      const some = grants.filter((id) => id !== 'coverage.other.claimNumber');
      const decision = decide(afterFirst(), authority([release({ grants: some })]), RULES);
      expect(decision.outcome).toBe('send');
      expect(decision.rulings).toContainEqual(
        expect.objectContaining({ locus: { field: 'coverage.other.claimNumber' }, effect: 'withhold' }),
      );
    });
  });

  it('a level that the clinician did not fill in', () => {
    const bag = reportBag();
    const empty = new FieldBag();
    for (const { locus: at, value } of bag.entries()) if (at.field !== 'functioning.level') empty.set(at, value);
    const asked = reportRequest({ offers: describeBag(empty, CODES), clinicians: JERSEY });
    const decision = decide(asked, authority([release({ purposes: ['COVAUTH'], grants: REPORT_GRANTS })]), RULES);
    expect(decision.gaps).toMatchObject([{ cause: 'sibling_missing', curer: 'chart' }]);
  });

  it('a word outside the closed list', () => {
    const bag = reportBag().set(locus('functioning.level'), 'dreadful');
    const decision = decide(
      reportRequest({ offers: describeBag(bag, CODES) }),
      authority([release({ purposes: ['COVAUTH'], grants: REPORT_GRANTS })]),
      RULES,
    );
    expect(ruling(decision, 'functioning.level')?.effect).toBe('withhold');
  });

  it('a taxonomy that tells of a substance use programme', () => {
    expect(
      causes(decide(request(invoiceBag(), { envelopeReveals: ['substanceUse'] }), authority([release()]), RULES)),
    ).toEqual(['special_category:substanceUse']);
    expect(
      causes(decide(request(invoiceBag(), { envelopeReveals: 'unclassified' }), authority([release()]), RULES)),
    ).toEqual(['unclassified_code']);
  });

  it('an enclosure without a place: D.C. asks a notice and a copy with every disclosure', () => {
    const rules = ruleset([
      { ceiling: DC, choice: { reading: 'dc-transaction-is-administrative', version: '1' }, revision: 'c' },
    ]);
    const asked = request(invoiceBag(), { clinicians: [{ jurisdiction: 'US-DC', profession: 'social-worker' }] });
    expect(causes(decide(asked, authority([release()]), rules))).toEqual(['enclosure_channel']);
  });

  it('a marker stands in for a required field of a form that has a place for it', () => {
    const form: InsurerForm = {
      ...FORM,
      fields: [
        ...FORM.fields.filter((one) => one.field !== 'history.trauma'),
        { field: 'history.trauma', usage: 'required' },
      ],
    };
    const papers = authority([release({ purposes: ['COVAUTH'], grants: REPORT_GRANTS })]);
    expect(decide(reportRequest({ form }), papers, RULES).outcome).toBe('hold');
    const marked = decide(reportRequest({ form, useMarkers: true }), papers, RULES);
    expect(marked.outcome).toBe('send');
    expect(ruling(marked, 'history.trauma')).toMatchObject({ effect: 'withhold', marker: true });
    expect(marked.rulings.some((one) => one.locus.field === 'history.trauma' && one.effect !== 'withhold')).toBe(false);
  });

  it('a moment that is none, and a field that the catalogue does not know: nothing goes', () => {
    const timeless = decide(request(invoiceBag(), { now: NaN }), authority([release()]), RULES);
    expect([timeless.outcome, ...causes(timeless)]).toEqual(['deny', 'not_yet_valid']);
    const asked = request(invoiceBag());
    const strange = JSON.parse(
      JSON.stringify(asked.offers[0]).replace(/"field":"[^"]+"/, '"field":"client.colour"'),
    ) as (typeof asked.offers)[number];
    const unknown = decide({ ...asked, offers: [...asked.offers, strange] }, authority([release()]), RULES);
    expect([unknown.outcome, ...causes(unknown)]).toEqual(['deny', 'unclassified_field']);
  });

  it('another client’s authority', () => {
    expect(causes(decide(request(invoiceBag()), { ...authority([release()]), client: OTHER_CLIENT }, RULES))).toEqual([
      'no_release',
    ]);
    expect(CLIENT).not.toBe(OTHER_CLIENT);
  });
});
