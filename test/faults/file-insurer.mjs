/** An insurer that takes files: a real sshd, and somebody who brings what is there to the insurer's place in the sandbox. */
import { createHash, randomUUID } from 'node:crypto';
import { chownSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
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
    insurer.working = Promise.all([insurer.work(), desk.answers ? insurer.leaveAnswers() : undefined]);
    return insurer;
  }

  constructor(sshd, desk) {
    Object.assign(this, { sshd, desk, known: new Set(), over: false, left: 0 });
  }

  registered(receiverId) {
    const { port, hostKey, user, inbound, outbound, privateKey } = this.sshd;
    const connection = {
      ...{ kind: 'sftp', url: `sftp://127.0.0.1:${port}`, receiverId, production: false },
      ...{ hostKey, user, authentication: 'private-key', inbound, keeps: true },
      ...(this.desk.answers ? { outbound: { directory: outbound } } : {}),
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

  /** What the insurer answers is left as files, whole from the moment they have a name. */
  async leaveAnswers() {
    const { outbound } = this.sshd;
    let after = '';
    while (!this.over) {
      const { answers, next } = await this.collect(after);
      after = next;
      for (const { body } of answers) {
        const { uid, gid } = statSync(outbound);
        const hidden = join(outbound, '.coming');
        writeFileSync(hidden, Buffer.from(body, 'base64'));
        chownSync(hidden, uid, gid);
        renameSync(hidden, join(outbound, `answer-${++this.left}`));
      }
      await sleep(LOOKED_AT_EVERY_MS);
    }
  }

  /** Nothing, from a desk that is closed. */
  async collect(after) {
    const answer = await fetch(`${this.desk.url}/answers?after=${encodeURIComponent(after)}`, {
      headers: { authorization: `Bearer ${this.desk.token}` },
    }).catch(() => undefined);
    return answer?.ok ? answer.json() : { answers: [], next: after };
  }

  /** Answers that nobody has taken away. */
  waiting() {
    return readdirSync(this.sshd.outbound).filter((name) => name.startsWith('answer-'));
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
