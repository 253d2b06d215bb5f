#!/usr/bin/env node
/**
 * Takes the pictures of docs/images: list, canvas, drawer, run and binding dialog, light and dark, wide and narrow.
 *
 *   node scripts/screenshots.mjs                  starts a host of its own with the worked examples
 *   node scripts/screenshots.mjs http://host:port uses one that was started by `npm start`
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { chromiumPath } from './lib/chromium.mjs';
import { installHost, startHost } from './lib/host.mjs';
import { fromRoot } from './lib/paths.mjs';
import { HostApi } from './seed/HostApi.mjs';
import { seed } from './seed/index.mjs';
import { NARROW, SCENES, WIDE, ensurePage } from './screenshots/scenes.mjs';
import { ensureShowcase } from './screenshots/showcase.mjs';

const ROOT_USER = { account: 'admin@nocobase.com', password: 'admin123' };
const THEMES = ['light', 'dark'];
const IMAGES = fromRoot('docs/images');

async function withHost(work) {
  const given = process.argv[2];
  if (given) return work(given.replace(/\/$/, ''));
  const storagePath = mkdtempSync(join(tmpdir(), 'workflow-pictures-'));
  const options = { storagePath, database: { dialect: 'sqlite', storage: join(storagePath, 'db.sqlite') } };
  await installHost(options);
  const host = await startHost(options);
  try {
    await hideAssistant(host.url);
    await work(host.url);
  } finally {
    await host.stop();
    rmSync(storagePath, { recursive: true, force: true });
  }
}

/** Switches off the plugin whose button floats above all pages, and waits until the application is back. */
async function hideAssistant(url) {
  const api = await HostApi.signIn(url, ROOT_USER.account, ROOT_USER.password);
  await api.post('pm:disable?filterByTk=ai');
  const isGone = async () => !(await api.request('GET', 'pm:listEnabled')).some(({ name }) => name === 'ai');
  // While the application loads again it refuses all requests.
  while (!(await isGone().catch(() => false))) await delay(200);
}

/** A page of the signed-in user whose animations are over before they begin. */
async function openBrowserPage(browser, token) {
  const context = await browser.newContext({ locale: 'en-US', viewport: WIDE, reducedMotion: 'reduce' });
  await context.addInitScript((value) => {
    localStorage.setItem('NOCOBASE_TOKEN', value);
    localStorage.setItem('NOCOBASE_AUTH', 'basic');
    localStorage.setItem('NOCOBASE_LOCALE', 'en-US');
  }, token);
  return context.newPage();
}

async function setTheme(api, theme) {
  const themes = await api.request('GET', 'themeConfig:list?paginate=false');
  const { id } = themes.find(({ uid }) => uid === (theme === 'dark' ? 'dark' : 'default'));
  await api.post('users:updateTheme', { themeId: id });
}

/** 256 colours are enough for these pictures and halve them; where pngquant is missing they stay as they are. */
function shrink(path) {
  const { error } = spawnSync('pngquant', ['--force', '--strip', '--speed', '1', '--nofs', '--output', path, path]);
  if (error) console.warn(`${path} is not shrunk: ${error.message}`);
}

async function takePictures(url) {
  await seed({ url, ...ROOT_USER });
  const api = await HostApi.signIn(url, ROOT_USER.account, ROOT_USER.password);
  const showcase = await ensureShowcase(api);
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
  mkdirSync(IMAGES, { recursive: true });
  const wanted = process.argv.slice(3);
  try {
    const page = await openBrowserPage(browser, api.token);
    await setTheme(api, 'light');
    if (!wanted.length || wanted.includes('bind')) await ensurePage(page, url);
    for (const theme of THEMES) {
      await setTheme(api, theme);
      for (const [name, scene] of Object.entries(SCENES)) {
        if (wanted.length && !wanted.includes(name)) continue;
        for (const [size, viewport] of Object.entries({ wide: WIDE, narrow: NARROW })) {
          if (scene.wideOnly && viewport !== WIDE) continue;
          await page.setViewportSize(viewport);
          await scene.open(page, url, showcase);
          // Menus and tooltips close when the mouse is away.
          await page.mouse.move(1, viewport.height - 1);
          await page.evaluate(() => document.fonts.ready);
          await scene.settle?.(page);
          const path = join(IMAGES, `${name}-${theme}-${size}.png`);
          await page.screenshot({ path, animations: 'disabled' });
          await scene.leave?.(page);
          shrink(path);
          console.log(path);
        }
      }
    }
    await setTheme(api, 'light');
  } finally {
    await browser.close();
  }
}

await withHost(takePictures);
