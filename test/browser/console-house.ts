import type { Browser, Page } from 'playwright-core';
import { inject } from 'vitest';
import { Stage } from '../support/stage.js';
import { employ, gatewayOf, listen, PASSWORD, type Person, type StageGateway } from '../support/stage-gateway.js';
import { launchChromium } from './chromium.js';

interface PageOptions {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: 'light' | 'dark';
}

/** What a page did that it must not: an error, a request to anybody else, something its policy forbade. */
interface Watched {
  readonly page: Page;
  readonly misdeeds: string[];
}

/** A practice with real parts, the gateway that serves the console, and a browser before it. */
export class ConsoleHouse {
  readonly #watched: Watched[] = [];

  private constructor(
    readonly stage: Stage,
    readonly url: string,
    private readonly app: StageGateway,
    private readonly browser: Browser,
  ) {}

  static async open(): Promise<ConsoleHouse> {
    const stage = await Stage.open();
    await employ(stage);
    const app = await gatewayOf(stage, { consoleDirectory: inject('consoleDirectory') });
    return new ConsoleHouse(stage, await listen(app), app, await launchChromium());
  }

  /** A browser of somebody's own, not signed in. */
  async page({ width = 1280, height = 800, scheme = 'light' }: PageOptions = {}): Promise<Page> {
    const context = await this.browser.newContext({
      ...{ viewport: { width, height }, colorScheme: scheme, reducedMotion: 'reduce' },
      ...{ locale: 'en-US', timezoneId: 'America/New_York' },
    });
    const page = await context.newPage();
    const misdeeds: string[] = [];
    page.on('pageerror', (error) => misdeeds.push(`error: ${error.message}`));
    page.on('console', (message) => {
      // A refused request is told by the browser as an error, whatever the page makes of it.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        misdeeds.push(`console: ${message.text()}`);
    });
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (origin !== this.url && protocol !== 'data:' && protocol !== 'blob:') misdeeds.push(`request: ${origin}`);
    });
    this.#watched.push({ page, misdeeds });
    return page;
  }

  /** The console as one person sees it after signing in by hand. */
  async as(person: Person, options: PageOptions & { readonly path?: string } = {}): Promise<Page> {
    const page = await this.page(options);
    await page.goto(`${this.url}${options.path ?? '/'}`);
    await this.signIn(page, person);
    return page;
  }

  async signIn(page: Page, person: Person): Promise<void> {
    await page.getByLabel('Sign-in name').fill(person);
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('navigation', { name: 'Sections' }).waitFor({ state: 'attached' });
  }

  /** What any page did that it must not; empty in every test. */
  misdeeds(): readonly string[] {
    return this.#watched.flatMap((one) => one.misdeeds);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.app.close();
    await this.stage.close();
  }
}
