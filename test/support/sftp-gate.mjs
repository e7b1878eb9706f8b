/**
 * Stands between a real sshd and the machine's sftp-server, reads the requests of the protocol (version 3) as they pass,
 * and misbehaves once as `manner.json` says. Run by sshd as its subsystem; takes the directory of the server.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const TYPES = { 3: 'open', 4: 'close', 6: 'write', 8: 'fstat', 13: 'remove', 17: 'stat', 18: 'rename' };
const EXTENDED = 200;
const STATUS = 101;

const [root = ''] = process.argv.slice(2);
const file = join(root, 'manner.json');
const mannerNow = () => JSON.parse(readFileSync(file, 'utf8'));

const server = ['/usr/lib/openssh/sftp-server', '/usr/libexec/sftp-server', '/usr/lib/ssh/sftp-server'].find((path) =>
  existsSync(path),
);
if (mannerNow()?.dark || server === undefined) process.exit(1);
const inner = spawn(server, [], { stdio: ['pipe', 'pipe', 'ignore'] });
inner.on('exit', () => process.exit(0));
process.stdout.on('error', () => process.exit(1));

/** Clients ask for other extensions as well, some as soon as they have come in. */
const kindOf = (packet) => {
  if (packet[4] !== EXTENDED) return TYPES[packet[4]];
  return packet.includes('fsync@openssh.com', 13, 'latin1') ? 'fsync' : undefined;
};

/** Calls back with each whole packet, its length field included. */
const packets = (stream, take) => {
  let rest = Buffer.alloc(0);
  stream.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readUInt32BE(0)) {
      const length = 4 + rest.readUInt32BE(0);
      take(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
  });
};

const statusReply = (id, code) => {
  const reply = Buffer.alloc(4 + 1 + 4 + 4 + 4 + 4);
  reply.writeUInt32BE(reply.length - 4, 0);
  reply[4] = STATUS;
  id.copy(reply, 5);
  reply.writeUInt32BE(code, 9);
  return reply;
};

let awaited;

const die = () => {
  inner.kill('SIGKILL');
  process.exit(1);
};

const misbehave = (packet, { act, status, thenDark }) => {
  writeFileSync(file, JSON.stringify(thenDark ? { dark: true } : null));
  const id = packet.subarray(5, 9);
  switch (act) {
    case 'die-before':
      die();
      break;
    case 'fail':
      process.stdout.write(statusReply(id, status));
      break;
    default:
      awaited = { id: Buffer.from(id), act };
      inner.stdin.write(packet);
  }
};

packets(process.stdin, (packet) => {
  const manner = mannerNow();
  if (manner !== null && manner.at === kindOf(packet)) misbehave(packet, manner);
  else inner.stdin.write(packet);
});
process.stdin.on('end', () => inner.stdin.end());

packets(inner.stdout, (packet) => {
  if (awaited === undefined || !packet.subarray(5, 9).equals(awaited.id)) process.stdout.write(packet);
  else if (awaited.act === 'die-after') die();
  else process.stdout.write(Buffer.from('HTTP/1.1 200 OK\r\n\r\n'), () => setTimeout(die, 50));
});
