/** Why something is disclosed: HL7 v3 ActReason codes. None implies another (HPAYMT is not COVAUTH). */
export const PURPOSES = ['HPAYMT', 'COVAUTH', 'CLMATTCH', 'TREAT', 'HLEGAL', 'PATRQT'] as const;

export type Purpose = (typeof PURPOSES)[number];
