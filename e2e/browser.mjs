// A real browser, and what a test asks of each page: is it accessible, how does it look, how many clicks did it take,
// and did the page complain.

import AxeBuilder from '@axe-core/playwright';
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { repository } from './program.mjs';

export const DESK = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };
const PATIENCE_MS = 10_000; // for one action or one navigation
const TALLEST = 4_000; // pixels of a page that a picture shows

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Opens the browser. `BEDSIDE_TEST_CHROMIUM` names another one than /usr/bin/chromium. */
export function openBrowser() {
  return chromium.launch({
    executablePath: process.env.BEDSIDE_TEST_CHROMIUM ?? '/usr/bin/chromium',
    // Names lead to this machine or nowhere, so that a link to the outside can be followed in a test.
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1'],
  });
}

/** One person at one browser: cookies of their own, clicks counted, complaints of the pages collected. */
export async function openPerson(browser, options = {}) {
  const context = await browser.newContext({
    viewport: DESK,
    locale: 'en-US',
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const person = { context, clicks: 0, complaints: [] };
  await context.exposeBinding('__bedsideClick', () => void (person.clicks += 1));
  await context.addInitScript(countClicks);
  context.on('page', (page) => listen(page, person.complaints));
  person.page = await context.newPage();
  return person;
}

// Runs in the page. A press of the pointer is a click, and so is a choice in a list or a file chosen, which a driver
// makes without the pointer; keys are typing.
function countClicks() {
  const click = () => window.__bedsideClick();
  addEventListener('pointerdown', (event) => event.isTrusted && click(), { capture: true });
  addEventListener(
    'change',
    ({ target }) => (target.matches('select') || target.type === 'file') && click(),
    { capture: true },
  );
}

// Everything that a page should never do in a test that goes well.
function listen(page, complaints) {
  page.on('pageerror', (error) => complaints.push(`script error on ${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    // A refused form (4xx) is logged as an error too; the answer itself is judged by the test.
    const isAnswer = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !isAnswer) complaints.push(`console on ${page.url()}: ${message.text()}`);
  });
  page.on('response', (answer) => {
    if (answer.status() >= 500) complaints.push(`${answer.status()} from ${answer.url()}`);
  });
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    const here = ['data:', 'blob:', 'about:'].includes(protocol) || ['127.0.0.1', 'localhost'].includes(hostname);
    if (!here) complaints.push(`a request left the machine: ${request.url()}`);
  });
}

/** Fails with a readable list if axe-core finds anything on the page, in light or in dark. */
export async function axe(page) {
  const findings = [];
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page, axeSource }).analyze();
    for (const { id, impact, help, nodes } of violations) {
      findings.push(`${id} (${impact}, ${colorScheme}): ${help}`);
      findings.push(...nodes.map((node) => `    ${node.target.join(' ')}\n        ${node.html.slice(0, 160)}`));
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  assert.ok(findings.length === 0, `axe-core on ${page.url()}:\n${findings.join('\n')}`);
}

/**
 * Pictures of the page as a desk and a phone show it, and fails if it is wider than the phone.
 * With BEDSIDE_SCREENSHOTS=1 they land in docs/screenshots, else in a temporary folder.
 */
export async function shot(page, name) {
  const folder = await pictures();
  const before = page.viewportSize();
  for (const size of [DESK, PHONE]) {
    await page.setViewportSize(size);
    const { width, height } = await page.evaluate(() => {
      const { scrollWidth, scrollHeight } = document.documentElement;
      return { width: scrollWidth, height: scrollHeight };
    });
    // On a screen as high as the page, what sticks to its edge stands where the page ends.
    await page.setViewportSize({ width: size.width, height: Math.min(Math.max(height, size.height), TALLEST) });
    await page.screenshot({ path: path.join(folder, `${name}-${size.width}.png`) });
    assert.ok(width <= size.width, `${page.url()} is ${width} px wide on a screen of ${size.width} px`);
  }
  await page.setViewportSize(before);
  return folder;
}

async function pictures() {
  const published = process.env.BEDSIDE_SCREENSHOTS === '1';
  const folder = published ? path.join(repository, 'docs/screenshots') : path.join(tmpdir(), 'bedside-screenshots');
  await mkdir(folder, { recursive: true });
  return folder;
}
