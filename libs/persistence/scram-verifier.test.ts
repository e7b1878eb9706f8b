import { describe, expect, it } from 'vitest';
import { scramVerifier } from './scram-verifier.js';

describe('scramVerifier', () => {
  it('is what the example exchange of RFC 7677 comes from', () => {
    const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64');
    expect(scramVerifier('pencil', salt)).toBe(
      'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
    );
  });

  it('has a salt of its own each time', () => {
    expect(scramVerifier('same')).not.toBe(scramVerifier('same'));
  });
});
