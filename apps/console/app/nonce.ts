/** The nonce under which the gateway lets this page add styles of its own; scripts have none. */
export const styleNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

/** The library that keeps the page still behind a dialog looks for the nonce under this name. */
export const lendStyleNonce = (): void => {
  Object.assign(globalThis, { __webpack_nonce__: styleNonce() });
};
