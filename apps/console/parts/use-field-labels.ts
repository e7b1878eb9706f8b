import { useCallback } from 'react';
import { useRead } from '../ask/queries.js';

/** Labels of the catalogue by field; the field itself until they have come. */
export const useFieldLabels = (): ((field: string) => string) => {
  const { data } = useRead('GET /v1/catalogue', {});
  return useCallback((field) => data?.rows.find(({ id }) => id === field)?.label ?? field, [data]);
};
