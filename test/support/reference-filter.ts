import {
  closureOf,
  type FieldId,
  fieldOf,
  formatOf,
  GRANT_FOR_REVEAL,
  isFieldId,
  type Locus,
  neededFor,
} from '#libs/catalogue';
import type { PlainDate, TimeZone } from '#libs/kernel';
import type { Authority, Ceiling, DisclosureRequest, Ruleset, SignedRelease } from '#libs/release';

/**
 * A second filter, written apart from libs/release and deliberately naive: for one field at one place it walks through
 * every paper and every rule again and answers only “may go as itself”, “may go as this lesser field” or “stays”.
 * It knows nothing of gaps, lines that are dropped, or reasons. The property suite holds `decide` against it.
 */
export const referenceAnswer = (
  field: FieldId,
  occurrence: string | undefined,
  world: { request: DisclosureRequest; authority: Authority; ruleset: Ruleset },
): string => {
  const { request } = world;
  if (fieldOf(field).sensitivity > 5) return 'stays';
  if (!request.route.reachesRecipient || !request.route.agentAgreement || !request.route.formatPermitted)
    return 'stays';
  const format = formatOf(request.format);
  if (!format.purposes.includes(request.purpose)) return 'stays';
  const formAsks = request.form?.fields.map((one) => one.field);
  const ask = format.fields.find((one) => one.field === field);
  if (!ask) return 'stays';
  if (ask.when !== undefined && !request.circumstances.includes(ask.when)) return 'stays';
  if (formAsks && !formAsks.includes(field) && ask.usage !== 'required' && !ask.changesMeaning) return 'stays';
  if (isRestricted(field, occurrence, world)) return 'stays';
  for (const form of [field, ...ask.accepts]) {
    if (form !== field && isRestricted(form, occurrence, world)) continue;
    if (mayGo(form, { field, occurrence }, world)) return form;
  }
  return 'stays';
};

type World = Parameters<typeof referenceAnswer>[2];

const lineOf = (field: FieldId, occurrence: string | undefined): string | undefined =>
  fieldOf(field).scope === 'line' ? occurrence : undefined;

/** Whether a value of one field gives away that of another: itself, or what can be worked out from it. */
const saysToo = (field: FieldId, other: FieldId): boolean =>
  field === other ||
  fieldOf(field).generalisations.some(({ to, by }) => by !== 'sibling' && isFieldId(to) && saysToo(to, other));

const isRestricted = (field: FieldId, occurrence: string | undefined, { request, authority }: World): boolean =>
  authority.restrictions.some((restriction) => {
    if (restriction.recipient !== undefined && restriction.recipient !== request.recipient.id) return false;
    if (restriction.kind === 'paid-in-full') {
      const date = occurrence === undefined ? undefined : request.serviceDates.get(occurrence);
      return date !== undefined && restriction.serviceDates.includes(date);
    }
    return restriction.kind !== 'confidential-communication' && restriction.fields.some((one) => saysToo(field, one));
  });

const ceilingsOf = ({ request, ruleset }: World): readonly Ceiling[] =>
  ruleset.ceilings.filter((ceiling) => {
    const { professions, recipientClasses, purposes, exemptFunding } = ceiling.appliesTo;
    const licensed = request.clinicians.some(
      (one) =>
        [ceiling.jurisdiction, 'unknown'].includes(one.jurisdiction) &&
        (professions.length === 0 || [...professions, 'unknown'].includes(one.profession)),
    );
    const exempt = request.fundingEvidence && request.funding !== 'unknown' && exemptFunding.includes(request.funding);
    return (
      ceiling.enabled &&
      licensed &&
      !exempt &&
      recipientClasses.includes(request.recipient.class) &&
      purposes.includes(request.purpose)
    );
  });

const DAY = 86_400_000;
const QUARTER = 15 * 60_000;
const midnights = new Map<string, number>();

/** What somebody in the zone calls the day, as `2026-06-15`. */
const called = (instant: number, zone: string): string => {
  const [month, date, year] = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' },
  })
    .format(instant)
    .split('/');
  return `${year}-${month}-${date}`;
};

/** Goes along the clock by quarters of an hour until somebody in the zone calls it that day, or a later one. */
const midnight = (date: PlainDate, zone: TimeZone, daysLater = 0): number => {
  const greenwich = Date.parse(`${date}T00:00:00Z`) + daysLater * DAY;
  const key = `${greenwich} ${zone}`;
  let at = midnights.get(key) ?? greenwich - DAY;
  const wanted = new Date(greenwich).toISOString().slice(0, 10);
  while (!midnights.has(key) && called(at, zone) < wanted) at += QUARTER;
  midnights.set(key, at);
  return at;
};

const start = (release: SignedRelease, zone: TimeZone): number =>
  Math.max(release.signedAt, midnight(release.validFrom, zone));
const end = (release: SignedRelease, zone: TimeZone): number =>
  Math.min(
    release.validUntil === undefined ? Infinity : midnight(release.validUntil, zone, 1),
    release.expiryEvent?.occurredAt ?? Infinity,
  );

const signedProperly = (release: SignedRelease, ceilings: readonly Ceiling[]): boolean => {
  const age = release.signerFacts.ageAtSigning;
  const has = (role: string): boolean =>
    release.signatures.some((one) => one.role === role && (role === 'client' || one.authorityDocumented));
  const minorAlone = release.signerFacts.parentConsentedToTreatment === false && has('client');
  const able = age < 18 ? ['client', 'parent', 'guardian', 'representative'] : ['client', 'guardian', 'representative'];
  if (!able.some(has)) return false;
  if (age < 18 && !(has('parent') || has('guardian') || has('representative') || minorAlone)) return false;
  return ceilings.every(({ signerRule }) => {
    const band = signerRule.filter((one) => age < one.below).sort((one, other) => one.below - other.below)[0];
    if (!band) return true;
    return band.alternatives.some(
      (way) =>
        way.roles.every(has) &&
        (!way.onlyIfParentDidNotConsent || release.signerFacts.parentConsentedToTreatment === false),
    );
  });
};

const isUsable = (release: SignedRelease, { request, authority }: World, ceilings: readonly Ceiling[]): boolean => {
  const { now, timeZone } = request;
  if (release.knownFalseAt !== undefined && release.knownFalseAt <= now) return false;
  if (authority.revocations.some((one) => one.release === release.id && one.receivedAt <= now)) return false;
  if (start(release, timeZone) > now || end(release, timeZone) <= now) return false;
  if (release.validUntil === undefined && release.expiryEvent === undefined) return false;
  if (
    ceilings.some(
      (one) =>
        one.longestReleaseDays !== undefined &&
        (release.signedAt + one.longestReleaseDays * DAY <= now ||
          release.signatures.some((each) => midnight(each.signedOn, timeZone, one.longestReleaseDays ?? 0) <= now)),
    )
  )
    return false;
  if (release.blanket) return false;
  if (release.grants.includes('note.psychotherapy') && release.grants.length > 1) return false;
  return signedProperly(release, ceilings);
};

const family = (world: World): readonly SignedRelease[] => {
  const { request, authority } = world;
  const ceilings = ceilingsOf(world);
  if (authority.client !== request.client) return [];
  const own = authority.releases.filter((one) => one.client === request.client && one.discloser === request.discloser);
  const matching = own.filter(
    (one) =>
      one.purposes.includes(request.purpose) &&
      (one.recipient.kind === 'party'
        ? one.recipient.id === request.recipient.id
        : one.recipient.class === request.recipient.class),
  );
  const find = (id: string): SignedRelease | undefined => own.find((one) => one.id === id);
  const dead = (one: SignedRelease): boolean =>
    authority.relations.some((relation) => {
      const newer =
        relation.kind === 'supersedes' && relation.older === one.id && relation.newer !== one.id
          ? find(relation.newer)
          : undefined;
      return newer !== undefined && start(newer, request.timeZone) <= request.now;
    });
  const baseOf = (one: SignedRelease): SignedRelease | undefined => {
    const relation = authority.relations
      .filter((each) => each.kind === 'adds_to' && each.newer === one.id && each.older !== one.id && find(each.older))
      .at(-1);
    return relation ? find(relation.older) : undefined;
  };
  const chain = (one: SignedRelease): readonly SignedRelease[] | 'circle' => {
    const links: SignedRelease[] = [];
    for (let at: SignedRelease | undefined = one; at; at = baseOf(at)) {
      if (links.includes(at)) return 'circle';
      links.push(at);
    }
    return links;
  };
  const alive = matching.filter((one) => !dead(one));
  const standing = alive.filter((one) => {
    const links = chain(one);
    return links !== 'circle' && links.every((link) => !dead(link) && isUsable(link, world, ceilings));
  });
  const ended = (one: SignedRelease): number =>
    Math.min(
      end(one, request.timeZone),
      ...authority.revocations
        .filter((each) => each.release === one.id)
        .map((each) => Math.max(each.recordedAt, each.receivedAt)),
    );
  const root = (one: SignedRelease): string => {
    const links = chain(one);
    return links === 'circle' ? `circle of ${one.id}` : (links.at(-1)?.id ?? one.id);
  };
  for (const one of alive) {
    for (const other of alive) {
      const from = Math.max(start(one, request.timeZone), start(other, request.timeZone));
      const together = from < Math.min(ended(one), ended(other)) && from <= request.now;
      if (one !== other && together && root(one) !== root(other)) return [];
    }
  }
  return standing;
};

const mayGo = (form: FieldId, at: { field: FieldId; occurrence: string | undefined }, world: World): boolean => {
  const { request, ruleset } = world;
  if (!neededFor(request.purpose).has(form)) return false;
  const releases = family(world);
  const lines = [...request.serviceDates.keys()].filter((line) => !request.excludedLines.includes(line));
  const line = lineOf(form, at.occurrence);
  const named = formatOf(request.format).fields.some((one) => one.field === 'session.date');
  const allDates = [...(named ? lines.map((one) => request.serviceDates.get(one)) : []), ...request.aboutDates];
  const granted = (id: FieldId, ofLine: string | undefined): boolean => {
    const dates: readonly (PlainDate | undefined)[] =
      ofLine !== undefined ? [request.serviceDates.get(ofLine)] : allDates.length > 0 ? allDates : [undefined];
    return dates.every((date) =>
      releases.some((release) => {
        if (!closureOf(release.grants).has(id)) return false;
        const isSubstanceUse = id.startsWith('sud.') || id === 'medication.sud';
        if (isSubstanceUse && request.part2Program && !release.statements.includes('part2')) return false;
        if (date === undefined) return release.serviceFrom === undefined && release.serviceTo === undefined;
        return (release.serviceFrom ?? '0') <= date && date <= (release.serviceTo ?? '9');
      }),
    );
  };
  if (!granted(form, line)) return false;
  const aboutSomebody = fieldOf(form).about === 'client' || fieldOf(form).about === 'thirdPerson';
  for (const ceiling of aboutSomebody ? ceilingsOf(world) : []) {
    const choices = ruleset.choices.filter((one) => one.ceiling === ceiling.id);
    const choice = choices.length === 1 ? choices[0]?.choice : undefined;
    const reading =
      typeof choice === 'object' && request.format === 'x12-837p' && request.purpose === 'HPAYMT'
        ? ceiling.readings.find((one) => one.id === choice.reading && one.version === choice.version)
        : undefined;
    const listed = closureOf(ceiling.fields).has(form);
    const read = reading?.fields.some((one) => one.field === form) ?? false;
    if (!listed && !read) return false;
    const offer = request.offers.find((one) => one.locus.field === form && one.locus.occurrence === at.occurrence);
    const shape = listed ? ceiling.valueShapes.find((one) => one.field === form) : undefined;
    if (shape && offer && !(offer.word !== undefined && shape.values.includes(offer.word))) return false;
  }
  // A form that is made of the field is nobody's own words; every other has a value that stands somewhere.
  const isMade = fieldOf(at.field).generalisations.some(({ to, by }) => to === form && by !== 'sibling');
  const goes = isMade ? undefined : request.offers.findLast((one) => isAt(one.locus, form, at.occurrence));
  if (!goes) return true;
  if (goes.unwritable || goes.reveals === 'unclassified') return false;
  return goes.reveals.every((reveal) =>
    granted(
      GRANT_FOR_REVEAL[reveal],
      fieldOf(GRANT_FOR_REVEAL[reveal]).scope === 'line' ? (lineOf(form, at.occurrence) ?? undefined) : undefined,
    ),
  );
};

const isAt = (at: Locus, field: FieldId, occurrence: string | undefined): boolean =>
  at.field === field && at.occurrence === occurrence;
