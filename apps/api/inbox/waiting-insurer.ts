import type { FastifyReply } from 'fastify';
import type { Pull } from '#libs/application';

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
      raw.once('finish', () => resolve(true));
      raw.once('close', () => resolve(raw.writableFinished));
      raw.once('error', () => resolve(false));
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
