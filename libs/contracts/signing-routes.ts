import { releaseInPath, signingLinkInPath } from './path-parameters.js';
import { expiringQuery, expiringRelease, renewals, renewReleases } from './renewals.js';
import { LARGEST_SIGNATURE } from './releases.js';
import { route } from './route.js';
import { listOf } from './scalars.js';
import { releaseText, releaseTextQuery } from './release-text.js';
import { createSigningLink, signingLinkMade, signingLinkView } from './signing-links.js';

/** Signing from afar: what staff do. What the client opens are pages under `/v1/sign`, which are no part of this table. */
export const SIGNING_ROUTES = {
  createSigningLink: route({
    method: 'POST',
    path: '/v1/releases/{id}/signing-links',
    access: 'releases.draft',
    tag: 'Releases',
    summary: 'Make a link by which the client signs this draft, once. A changed draft voids it.',
    params: releaseInPath,
    body: createSigningLink,
    status: 201,
    response: signingLinkMade,
  }),
  listSigningLinks: route({
    method: 'GET',
    path: '/v1/releases/{id}/signing-links',
    access: 'releases.read',
    tag: 'Releases',
    summary: 'List the signing links of a release, newest first, without their secrets.',
    params: releaseInPath,
    status: 200,
    response: listOf(signingLinkView),
  }),
  withdrawSigningLink: route({
    method: 'POST',
    path: '/v1/releases/{id}/signing-links/{link}/withdraw',
    access: 'releases.draft',
    tag: 'Releases',
    summary: 'End a signing link.',
    params: signingLinkInPath,
    status: 204,
  }),
  listExpiringReleases: route({
    method: 'GET',
    path: '/v1/reminders',
    access: 'releases.read',
    tag: 'Releases',
    summary: 'List releases that are over within 30 (or 14, or 3) days, soonest first, and the reminders that are due.',
    query: expiringQuery,
    status: 200,
    response: listOf(expiringRelease),
  }),
  renewReleases: route({
    method: 'POST',
    path: '/v1/renewals',
    access: 'releases.draft',
    tag: 'Releases',
    summary: 'Draft releases once more for longer, adding nothing, and make links to sign them.',
    body: renewReleases,
    status: 200,
    response: renewals,
  }),
  readReleaseText: route({
    method: 'GET',
    path: '/v1/releases/{id}/text',
    access: 'releases.read',
    tag: 'Releases',
    summary: 'What the client reads before signing, in one of the client’s languages, in the order of the paper.',
    params: releaseInPath,
    query: releaseTextQuery,
    status: 200,
    response: releaseText,
  }),
  readReleaseCopy: route({
    method: 'GET',
    path: '/v1/releases/{id}/copy',
    access: 'releases.sign',
    tag: 'Releases',
    summary: 'The client’s copy of a signed release, as PDF.',
    params: releaseInPath,
    status: 200,
    media: ['application/pdf'],
  }),
  readSignature: route({
    method: 'GET',
    path: '/v1/releases/{id}/signature',
    access: 'releases.sign',
    tag: 'Releases',
    summary: 'The picture of the signature that was drawn under a release, where it was kept.',
    params: releaseInPath,
    status: 200,
    media: ['image/png'],
    bytes: LARGEST_SIGNATURE,
  }),
} as const;
