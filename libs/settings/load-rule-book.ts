import type { InsurerProfile, RuleBook } from '#libs/application';
import { codeClasses } from '#libs/catalogue';
import { failed, issue, type Issue, ok, type Result } from '#libs/kernel';
import { type Config, loadConfig } from './load-config.js';
import { ruleBookSchemas } from './rule-book-schemas.js';

/** The rules of an installation, and the profiles of the insurers that it knows. */
export interface Rules {
  readonly book: RuleBook;
  readonly insurers: readonly InsurerProfile[];
}

type Read = Config<typeof ruleBookSchemas>;

/** Drops members that are absent, so that an optional member is missing rather than undefined. */
const present = <Data>(data: Data): Data => JSON.parse(JSON.stringify(data)) as Data;

/** Every enclosure that a ceiling asks must have its text. */
const unknownNotices = (config: Read): readonly Issue[] => {
  const known = new Set(config.notices.map((one) => one.content.id));
  return config.ceilings.flatMap(({ name, content }) =>
    content.enclosures
      .filter((id) => !known.has(id))
      .map(() => issue('config.notice-unknown', `config/ceilings/${name}.json#/enclosures`)),
  );
};

/** Reads and checks all of `config/`; every issue of every file comes together. */
export const loadRules = async (root: string): Promise<Result<Rules>> => {
  const config = await loadConfig(root, ruleBookSchemas);
  if (!config.ok) return config;
  const [codes, ...more] = config.value.codes;
  if (codes === undefined || more.length > 0) return failed(issue('config.one-file-expected', 'config/codes'));
  const issues = unknownNotices(config.value);
  if (issues.length > 0) return failed(...issues);
  const insurers = config.value.insurers.map((one) => present(one.content) as InsurerProfile);
  return ok({
    book: {
      ceilings: config.value.ceilings.map((one) => present(one.content) as RuleBook['ceilings'][number]),
      codes: codeClasses(codes.content.version, codes.content.classes),
      presets: config.value.presets.map((one) => one.content),
      notices: config.value.notices.map((one) => one.content),
      insurers,
    },
    insurers,
  });
};
