/** The nonce under which the gateway lets this page add styles of its own; scripts have none. */
export const styleNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
