import { releaseInPath, scanInPath } from './path-parameters.js';
import { releaseView } from './releases.js';
import { route } from './route.js';
import { listOf } from './scalars.js';
import { checkScan, LARGEST_SCAN, SCAN_TYPES, scanView } from './scans.js';

/** Signed papers, from the scanner to the second person who looks at them. */
export const SCAN_ROUTES = {
  attachScan: route({
    method: 'POST',
    path: '/v1/releases/{id}/scans',
    access: 'releases.draft',
    personal: true,
    tag: 'Releases',
    summary: 'Attach the scan of the signed paper to a draft. Another person has to check it.',
    params: releaseInPath,
    consumes: SCAN_TYPES,
    bytes: LARGEST_SCAN,
    status: 201,
    response: scanView,
    idempotent: true,
  }),
  listScans: route({
    method: 'GET',
    path: '/v1/releases/{id}/scans',
    access: 'releases.read',
    tag: 'Releases',
    summary: 'List the scans of a release, newest first, without what is on them.',
    params: releaseInPath,
    status: 200,
    response: listOf(scanView),
  }),
  readScan: route({
    method: 'GET',
    path: '/v1/scans/{id}/content',
    access: 'releases.sign',
    tag: 'Releases',
    summary: 'Look at a scan.',
    params: scanInPath,
    status: 200,
    media: SCAN_TYPES,
    bytes: LARGEST_SCAN,
  }),
  checkScan: route({
    method: 'POST',
    path: '/v1/scans/{id}/check',
    access: 'releases.sign',
    personal: true,
    tag: 'Releases',
    summary: 'Check a scan that somebody else attached; accepted, it signs the release.',
    params: scanInPath,
    body: checkScan,
    status: 200,
    response: releaseView,
  }),
} as const;
