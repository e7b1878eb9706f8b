import { randomBytes } from 'node:crypto';
import type { Clock, IdSource } from '#libs/kernel';

/** The wall clock as it stood when the process began, carried on by the monotonic one: it never goes back. */
export const systemClock: Clock = {
  now: () => Math.floor(performance.timeOrigin + performance.now()),
};

/** Random identifiers in the form of a version 4 UUID (RFC 9562). */
export const randomIds: IdSource = {
  uuid: () => {
    const bytes = randomBytes(16);
    bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  },
};
