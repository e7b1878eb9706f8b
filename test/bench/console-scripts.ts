import type { Browser, Response } from 'playwright-core';
import type { ConsolePractice } from './console-practice.js';
import { newVisitor, signIn } from './console-visit.js';

/** One script as it came over the wire. */
interface Script {
  readonly file: string;
  readonly coding: string;
  /** Of its body as transferred. */
  readonly bytes: number;
}

export interface FirstScreen {
  readonly signIn: readonly Script[];
  /** What came after somebody had signed in, until the worklist was there. */
  readonly worklist: readonly Script[];
}

const scriptOf = async (response: Response): Promise<Script> => {
  await response.finished();
  const { responseBodySize } = await response.request().sizes();
  return {
    file: new URL(response.url()).pathname,
    coding: (await response.headerValue('content-encoding')) ?? 'none',
    bytes: responseBodySize,
  };
};

/** What a browser that has nothing yet fetches of scripts until the first screen stands. */
export const firstScreen = async (browser: Browser, practice: ConsolePractice): Promise<FirstScreen> => {
  const context = await newVisitor(browser);
  const page = await context.newPage();
  const answers: Response[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') answers.push(response);
  });
  await page.goto(practice.url);
  await page.getByLabel('Sign-in name').waitFor();
  await page.waitForLoadState('networkidle');
  const before = answers.length;
  await signIn(page);
  await page.locator('[role=row][data-index]').first().waitFor();
  await page.waitForLoadState('networkidle');
  const scripts = await Promise.all(answers.map(scriptOf));
  await context.close();
  return { signIn: scripts.slice(0, before), worklist: scripts.slice(before) };
};
