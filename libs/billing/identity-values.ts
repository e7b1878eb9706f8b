import type { Circumstance } from '#libs/catalogue';
import type { ClientIdentity, PostalAddress } from './client-identity.js';
import type { CoverageTerms } from './coverage-terms.js';
import type { Filled } from './offered.js';

export interface Party {
  readonly identity: ClientIdentity;
  readonly coverage: CoverageTerms;
}

const oneLine = ({ line, city, region, postal }: PostalAddress): string => `${line}, ${city}, ${region} ${postal}`;

/** What every document about a client can say of who the client is and how the client is covered. */
export const partyValues = ({ identity, coverage }: Party): Filled => {
  const address = identity.confidentialAddress ?? identity.address;
  return {
    'client.inTreatment': true,
    'client.name.first': identity.firstName,
    'client.name.last': identity.lastName,
    'client.birthDate': identity.birthDate,
    'client.sex': identity.sex,
    'client.address.line': address.line,
    'client.address.city': address.city,
    'client.address.region': address.region,
    'client.address.postal': address.postal,
    'client.phone': identity.phone,
    'client.email': identity.email,
    'client.relationshipToSubscriber': coverage.relationship,
    'coverage.memberId': coverage.memberId,
    'coverage.groupNumber': coverage.groupNumber,
    'coverage.planName': coverage.planName,
    'coverage.subscriber.name': coverage.subscriber && [coverage.subscriber.lastName, coverage.subscriber.firstName],
    'coverage.subscriber.birthDate': coverage.subscriber?.birthDate,
    'coverage.subscriber.address': coverage.subscriber?.address && oneLine(coverage.subscriber.address),
    'coverage.other.payer': coverage.otherPayer?.name,
    'coverage.other.paid': coverage.otherPayer?.paid,
  };
};

export const circumstanceOf = ({ relationship }: CoverageTerms): Circumstance =>
  relationship === 'self' ? 'patient-is-subscriber' : 'patient-is-dependent';
