import type { IssueView } from '#libs/contracts';
import { fieldWords } from '../words/fields.js';
import { useWords } from '../words/language.js';

/** What is wrong, by the JSON pointer of the place. */
export type Places = Readonly<Record<string, string>>;

/** Sentences for what the gateway found, each at its place; `prefix` is what the place has before it in the body. */
export const usePlaces = (issues: readonly IssueView[], prefix = ''): Places => {
  const words = useWords(fieldWords);
  const places: Record<string, string> = {};
  for (const { code, path, fix, rule } of issues) {
    const place = path.startsWith(prefix) ? path.slice(prefix.length) : path;
    places[place] ??= words.codes[code] ?? fix ?? words.other(code, rule);
  }
  return places;
};

/** The errors of one part of a form: those below a pointer, without it. */
export const placesBelow = (places: Places, pointer: string): Places =>
  Object.fromEntries(
    Object.entries(places).flatMap(([place, sentence]) =>
      place === pointer || place.startsWith(`${pointer}/`) ? [[place.slice(pointer.length), sentence]] : [],
    ),
  );

/** For a field that takes its error as Mantine does. */
export const errorAt = (places: Places, pointer: string): { readonly error?: string } => {
  const error = places[pointer];
  return error === undefined ? {} : { error };
};
