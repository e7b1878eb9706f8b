// What a client does who got a signing link, without a browser: answers the question, reads, leaves one group out if
// asked to, signs, and takes the copy along. node sign-from-afar.mjs <gateway> <link> <date of birth> <name> <copy.pdf>
import { writeFileSync } from 'node:fs';

const [gateway, link, birthDate, name, copyFile] = process.argv.slice(2);
let cookie = '';
const go = async (path, form) => {
  const answer = await fetch(new URL(path, gateway), {
    redirect: 'manual',
    headers: { cookie, ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
  if (answer.status >= 400) throw new Error(`${path.split('?')[0]} was answered ${answer.status}`);
  return answer;
};

await go(link);
await go('/v1/sign/answer', { answer: birthDate, lang: 'en' });
const page = await (await go('/v1/sign')).text();
const groups = [...page.matchAll(/name="keep" value="([^"]+)"/g)].map(([, group]) => ['keep', group]);
console.log(`${name} reads what would be told, in ${groups.length} groups, and keeps all of them.`);
await go('/v1/sign/signature', [['name', name], ['lang', 'en'], ...groups]);
const signed = await (await go('/v1/sign')).text();
if (!signed.includes('You have signed')) throw new Error('it was not signed');
const copy = Buffer.from(await (await go('/v1/sign/copy')).arrayBuffer());
writeFileSync(copyFile, copy, { flag: 'wx', mode: 0o600 });
console.log(
  `${name} has signed, and has a copy of ${copy.subarray(0, 5).toString() === '%PDF-' ? 'it (PDF)' : 'nothing'}.`,
);
