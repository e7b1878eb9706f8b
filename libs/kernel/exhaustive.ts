/** Ends a switch over a closed union; reached only if the types lied. */
export const unreachable = (_case: never): never => {
  throw new Error('a closed union has a case that nobody handles');
};
