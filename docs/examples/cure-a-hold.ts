import type { Asked, GatewayClient } from '#libs/client';

/** A claim is held for want of a release: drafts one, records the client’s signature, and gives the state that follows. */
export const cureAHold = async (
  gateway: GatewayClient,
  held: { readonly client: string; readonly disclosure: string },
  release: { readonly terms: Asked<'draftRelease'>['body']; readonly signing: Asked<'signRelease'>['body'] },
): Promise<string> => {
  const { id } = await gateway.ask('draftRelease', { params: { id: held.client }, body: release.terms });
  await gateway.ask('signRelease', { params: { id }, body: release.signing });
  // What the new release allows resumes by itself.
  return (await gateway.ask('readDisclosure', { params: { id: held.disclosure } })).state;
};
