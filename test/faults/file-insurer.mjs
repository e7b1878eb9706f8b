/** An insurer that takes files: a real sshd, and somebody who brings what is there to the insurer's place in the sandbox. */
import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SshdProcess } from '../support/sshd-process.mjs';

const LOOKED_AT_EVERY_MS = 50;

/** X12 or a report, by how it begins. */
const placeOf = (bytes) =>
  bytes.subarray(0, 3).toString('latin1') === 'ISA'
    ? { path: 'claims', mediaType: 'application/edi-x12' }
    : { path: 'treatment-reports', mediaType: 'application/json' };

export class FileInsurer {
  static async open(directory, desk) {
    const insurer = new FileInsurer(await SshdProcess.start(directory), desk);
    insurer.working = insurer.work();
    return insurer;
  }

  constructor(sshd, desk) {
    Object.assign(this, { sshd, desk, known: new Set(), over: false });
  }

  registered(receiverId) {
    const { port, hostKey, user, inbound, privateKey } = this.sshd;
    const connection = {
      ...{ kind: 'sftp', url: `sftp://127.0.0.1:${port}`, receiverId, production: false },
      ...{ hostKey, user, authentication: 'private-key', inbound, keeps: true },
    };
    return { connection, token: privateKey };
  }

  /** Every name once: a file of the same content under another name is another file, and is brought as well. */
  async work() {
    while (!this.over) {
      for (const name of readdirSync(this.sshd.inbound)) {
        if (name.startsWith('.') || this.known.has(name)) continue;
        this.known.add(name);
        await this.bring(readFileSync(join(this.sshd.inbound, name)));
      }
      await sleep(LOOKED_AT_EVERY_MS);
    }
  }

  async bring(bytes) {
    const { path, mediaType } = placeOf(bytes);
    const answer = await fetch(`${this.desk.url}/${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.desk.token}`,
        'content-type': mediaType,
        'idempotency-key': randomUUID(),
        'sluice-reference': randomUUID(),
        'content-digest': `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`,
      },
      body: bytes,
    });
    if (!answer.ok) throw new Error(`the insurer's own desk said ${answer.status}`);
  }

  async close() {
    this.over = true;
    await this.working;
    await this.sshd.stop();
  }
}
