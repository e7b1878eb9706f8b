import { describe, expect, it } from 'vitest';
import { PROBLEM_CODES, PROBLEMS, problemType } from './problems.js';
import { problemPage, problemsDocument } from './problems-document.js';

describe('the codes of problems', () => {
  it.each(PROBLEM_CODES)('%s says what it means and what to do, in sentences of its own', (code) => {
    const { title, remedy, status } = PROBLEMS[code];
    expect(remedy).toMatch(/^[A-Z].*\.$/);
    expect(remedy).not.toBe(title);
    const page = problemPage(code);
    for (const part of [code, String(status), title, remedy]) expect(page).toContain(part);
    expect(problemsDocument([])).toContain(`## ${code}\n\n\`${status}\` · \`${problemType(code)}\``);
  });
});
