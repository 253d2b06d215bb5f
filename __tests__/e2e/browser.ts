import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumPath } from '../../scripts/lib/chromium.mjs';

/** Two hosts and two browsers on a machine of two cores draw a page of the host in ten seconds and more. */
const PATIENCE_MS = 60_000;
const DESK = { width: 1600, height: 1000 };

/** @throws Error when no browser is installed */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (!executablePath) throw new Error('Chromium is not installed (apt-get install chromium, or set CHROMIUM_PATH)');
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--lang=en-US'],
  });
}

/** A page of a signed-in user, and everything that went wrong in it so far. */
export interface WatchedPage {
  page: Page;
  problems: string[];
}

/**
 * Not ours: requests that leave the machine (a host without internet fails them), and an icon that the stock v2 client
 * asks for and never has.
 */
const isNotOurs = (url: string) =>
  !/^https?:\/\/(127\.0\.0\.1|localhost)(:|\/)/.test(url) || url.endsWith('/favicon_no_exist.ico');

/**
 * Opens a page that is signed in with `token` in both clients.
 * Console errors, exceptions, failed requests and error answers are collected.
 */
export async function openPage(browser: Browser, url: string, token: string, viewport = DESK): Promise<WatchedPage> {
  const context = await browser.newContext({ locale: 'en-US', viewport });
  await context.addInitScript((value) => {
    localStorage.setItem('NOCOBASE_TOKEN', value);
    localStorage.setItem('NOCOBASE_AUTH', 'basic');
    localStorage.setItem('NOCOBASE_LOCALE', 'en-US');
  }, token);
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !isNotOurs(message.location().url || url)) {
      problems.push(`console: ${message.text()} (${message.location().url})`);
    }
  });
  page.on('response', (response) => {
    if (response.status() < 400 || isNotOurs(response.url())) return;
    const at = problems.push(`${response.status()} ${response.url()}`) - 1;
    void response.text().then(
      (body) => (problems[at] += ` ${body.slice(0, 500)}, asked with ${response.request().postData()?.slice(0, 1000) ?? 'nothing'}`),
      () => undefined,
    );
  });
  return { page, problems };
}

/** For `beforeEach` of tests that share a page: a second attempt does not answer for what the first one saw. */
export function forgetOnRetry(task: { result?: { retryCount?: number } }, problems: string[]): void {
  if (task.result?.retryCount) problems.length = 0;
}
