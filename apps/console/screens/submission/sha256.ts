/** SHA-256 in hex; undefined where the browser computes none because the connection is not secure. */
export const sha256 = async (bytes: ArrayBuffer): Promise<string | undefined> => {
  if (!window.isSecureContext) return undefined;
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
};
