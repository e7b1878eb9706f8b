import { createHash } from 'node:crypto';
import type { Sealed } from '#libs/disclosure';
import type { TransmissionId } from '#libs/kernel';

/** Only a sealing makes sealed bytes; what is tested here is what becomes of them. */
export const aSealed = (overrides: Partial<Sealed['record']> = {}): Sealed => {
  const bytes = overrides.bytes ?? Buffer.from('ISA*00*INVENTED~'.repeat(40));
  const stand: unknown = {
    record: {
      transmission: '00000000-0000-4000-8000-000000000001' as TransmissionId,
      idempotencyKey: 'key-0001',
      reference: 'ref-0001',
      format: 'x12-837p',
      mediaType: 'application/edi-x12',
      bytes,
      digest: createHash('sha256').update(bytes).digest('hex'),
      contentDigest: 'c0ffee',
      ...overrides,
    },
  };
  return stand as Sealed;
};
