import type { FastifyReply } from 'fastify';
import type { Pull } from '#libs/application';

/** Nobody keeps a response open by reading slowly; shorter than any lease, so that a second fetch never meets a first. */
const LONGEST_RESPONSE_MS = 30_000;

/** A request of an insurer that waits for sealed bytes. They go past the server's own writing, so that it is known what became of them. */
export class WaitingInsurer implements Pull {
  hasBegun = false;

  constructor(private readonly reply: FastifyReply) {}

  waits(): boolean {
    const { raw } = this.reply;
    return !raw.destroyed && !raw.headersSent && raw.socket?.destroyed !== true;
  }

  /** RFC 9530 for the digest; what an insurer knows already it may compare by its entity tag, but is sent it all the same. */
  give({ bytes, digest, mediaType }: Parameters<Pull['give']>[0]): Promise<boolean> {
    const { reply } = this;
    this.hasBegun = true;
    const headers = reply.getHeaders();
    reply.hijack();
    const { raw } = reply;
    return new Promise((resolve) => {
      const giveUp = setTimeout(() => raw.destroy(), LONGEST_RESPONSE_MS);
      const end = (isWhole: boolean): void => {
        clearTimeout(giveUp);
        resolve(isWhole);
      };
      raw.once('finish', () => end(true));
      raw.once('close', () => end(raw.writableFinished));
      raw.once('error', () => end(false));
      for (const [name, value] of Object.entries(headers)) if (value !== undefined) raw.setHeader(name, value);
      raw.writeHead(200, {
        'content-type': mediaType,
        'content-length': bytes.length,
        'content-digest': `sha-256=:${Buffer.from(digest, 'hex').toString('base64')}:`,
        etag: `"${digest}"`,
      });
      raw.end(bytes);
    });
  }
}
