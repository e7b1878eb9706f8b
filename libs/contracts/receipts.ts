/** In which a receipt can be had; the first one where nothing else is asked for. */
export const RECEIPT_MEDIA = ['application/pdf', 'application/json'] as const;
