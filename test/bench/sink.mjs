// The insurer of the benches: takes what comes, counts distinct keys, answers with a receipt. The same for every side.
import { createServer } from 'node:http';

let received = 0;
const server = createServer((request, response) => {
  if (request.method === 'GET') {
    const body = request.url === '/count' ? String(received) : '{"answers":[],"next":""}';
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    return;
  }
  if (request.url === '/reset') received = 0;
  request.resume().on('end', () => {
    if (request.url !== '/reset') received += 1;
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"receipt":"r"}');
  });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${JSON.stringify({ listening: server.address().port })}\n`));
process.stdin.on('end', () => process.exit(0)).resume();
