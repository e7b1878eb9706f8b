import type { FieldBag } from '#libs/catalogue';
import { type Disclosed, project } from '#libs/disclosure';
import type { PlainDate, Result } from '#libs/kernel';
import {
  type Authority,
  decide,
  type Decision,
  type DisclosureRequest,
  effectiveFormat,
  type Ruleset,
} from '#libs/release';
import type { FormatId } from '#libs/catalogue';
import { type Dossier, offeredBy, requestOf, requestOfClient, type Target } from '../dossier/dossier.js';
import { rightOfAccess } from './right-of-access.js';

/** A decision about one document, with what it was taken from. */
export interface Judgement {
  readonly bag: FieldBag;
  readonly request: DisclosureRequest;
  readonly decision: Decision;
  readonly about: PlainDate | undefined;
  readonly clientRevision: number;
}

interface Under {
  readonly authority: Authority;
  readonly ruleset: Ruleset;
  readonly now: number;
}

const judged = (
  dossier: Dossier,
  asked: { readonly offered: ReturnType<typeof offeredBy>; readonly request: DisclosureRequest },
  { authority, ruleset }: Omit<Under, 'now'>,
): Judgement => ({
  bag: asked.offered.bag,
  request: asked.request,
  decision: decide(asked.request, authority, ruleset),
  about: asked.offered.aboutDates[0],
  clientRevision: dossier.client.revision,
});

/** The one gate: preview, validate-only, submit, hold, dispatch and replay all come through here. */
export const judge = (dossier: Dossier, target: Target, under: Under): Judgement => {
  const offered = offeredBy(dossier);
  const request = requestOf(dossier, target, { offered, codes: under.ruleset.codes, now: under.now });
  return judged(dossier, { offered, request }, under);
};

/** The same gate for what the client asks for, under the client’s right of access and not under any release. */
export const judgeForClient = (dossier: Dossier, target: Target, under: Under): Judgement => {
  const offered = offeredBy(dossier);
  const request = requestOfClient(dossier, target, { offered, codes: under.ruleset.codes, now: under.now });
  const authority = rightOfAccess(under.authority, dossier.practice.id);
  return judged(dossier, { offered, request }, { authority, ruleset: under.ruleset });
};

export const disclose = <Format extends FormatId>(
  judgement: Omit<Judgement, 'clientRevision'>,
  format: Format,
  salt: Uint8Array,
): Result<Disclosed<Format>> =>
  project(judgement.bag, judgement.decision, {
    format,
    formatRevision: effectiveFormat(format, judgement.request.form).revision,
    salt,
    ...(judgement.about === undefined ? {} : { about: judgement.about }),
  });
