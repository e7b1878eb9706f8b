import { createHash } from 'node:crypto';
import { type ReleaseLanguage, type ReleaseText, releaseWords } from '#libs/documents';

const STYLE =
  'body{font:1.1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem;color:#1b1f24}label,fieldset{display:block;margin:1rem 0}input[type=text]{font:inherit;width:100%;padding:.5rem;box-sizing:border-box}button{font:inherit;padding:.6rem 1.4rem}.wrong{border-left:4px solid #a4262c;padding-left:.8rem}';

/** Nothing but this style, and forms that go back where they came from. */
export const SIGNING_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (found) => ENTITIES[found] ?? found);

const page = (language: ReleaseLanguage, body: string): string => `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${escaped(releaseWords(language).title)}</title><style>${STYLE}</style></head>
<body><main>${body}</main></body></html>
`;

const paragraphs = (texts: readonly string[]): string => texts.map((text) => `<p>${escaped(text)}</p>`).join('');

const list = (texts: readonly string[]): string =>
  `<ul>${texts.map((text) => `<li>${escaped(text)}</li>`).join('')}</ul>`;

const wrongLine = (text: string | undefined): string =>
  text === undefined ? '' : `<p class="wrong" role="alert">${escaped(text)}</p>`;

const otherLanguage = (language: ReleaseLanguage): string => {
  const next = language === 'en' ? 'es' : 'en';
  return `<p><a href="/v1/sign?lang=${next}" lang="${next}">${escaped(releaseWords(language).page.otherLanguage)}</a></p>`;
};

/** The same for everybody who comes, whatever they hold. */
export const questionPage = (language: ReleaseLanguage, wrong?: 'notRight' | 'tooMany'): string => {
  const { page: words, title } = releaseWords(language);
  return page(
    language,
    `${otherLanguage(language)}<h1>${escaped(title)}</h1>${wrongLine(wrong === undefined ? undefined : words[wrong])}
<form method="post" action="/v1/sign/answer"><input type="hidden" name="lang" value="${language}"><p id="question">${escaped(words.question)}</p><label>${escaped(words.answer)}<input type="text" name="answer" required maxlength="40" autocomplete="off" aria-describedby="question"></label><button>${escaped(words.proceed)}</button></form>`,
  );
};

/** What was entered before it could not be signed; nothing of it is ticked again that was taken out. */
export interface RefusedSigning {
  readonly name: string;
  readonly kept: readonly string[];
}

const groupsOf = (text: ReleaseText, refused: RefusedSigning | undefined): string => {
  const { page: words } = releaseWords(text.language);
  return text.groups
    .map(({ category, title, fields, optional }) => {
      const checked = refused === undefined || refused.kept.includes(category) ? ' checked' : '';
      const box = optional
        ? `<label><input type="checkbox" name="keep" value="${category}"${checked}> ${escaped(title)}</label>`
        : `<p>${escaped(title)} (${escaped(words.required)})</p>`;
      return `<fieldset>${box}${list(fields)}</fieldset>`;
    })
    .join('');
};

/** What the release says, what may be taken out of it, and the place for a name. */
export const releasePage = (text: ReleaseText, refused?: RefusedSigning): string => {
  const { language } = text;
  const { page: words, purposeTitle, informationTitle, statementsTitle } = releaseWords(language);
  return page(
    language,
    `${otherLanguage(language)}<h1>${escaped(text.title)}</h1>${wrongLine(refused === undefined ? undefined : words.notSigned)}${paragraphs(text.intro)}
<h2>${escaped(purposeTitle)}</h2>${list(text.purposes)}
<form method="post" action="/v1/sign/signature"><input type="hidden" name="lang" value="${language}">
<h2>${escaped(informationTitle)}</h2><p>${escaped(words.choose)}</p>${groupsOf(text, refused)}
<h2>${escaped(statementsTitle)}</h2>${paragraphs([...text.terms, ...text.statements])}
<label>${escaped(words.name)}<input type="text" name="name" value="${escaped(refused?.name ?? '')}" required maxlength="120" autocomplete="name"></label><p>${escaped(words.consent)}</p><button>${escaped(words.sign)}</button></form>`,
  );
};

export const signedPage = (language: ReleaseLanguage): string => {
  const { page: words } = releaseWords(language);
  return page(language, `<h1>${escaped(words.signed)}</h1><p><a href="/v1/sign/copy">${escaped(words.copy)}</a></p>`);
};
