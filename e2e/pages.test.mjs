// Every page of the example practice, as `bedside demo` opens it: nothing for axe-core to find, nothing to scroll
// sideways, nothing in the console. The pages are found by following links, one for each route.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DESK, PHONE } from './browser.mjs';
import { goes, presses, reaches, sees } from './person.mjs';
import { openDemo } from './demo.mjs';

const NARROW = { width: 360, height: 740 };
// What every practice with a running challenge must have; a route that no link leads to would otherwise go unseen.
const EXPECTED = [
  '/rounds', '/compose', '/compose/{id}', '/calendar', '/posts/{id}', '/inbox', '/inbox/{id}', '/challenges', '/challenges/new',
  '/challenges/{id}', '/challenges/{id}/withdraw', '/approval', '/sources', '/accounts', '/people', '/pause',
  '/p/{practice}', '/p/{practice}/posts', '/p/{practice}/posts/{page}', '/p/{practice}/challenges/{page}',
];

test('every page is accessible, fits a phone and keeps quiet', async (t) => {
  const { page, complaints, axe } = await openDemo(t);
  const walked = await walk(page, '/rounds', async (route) => {
    await t.test(route, async () => {
      for (const size of [DESK, PHONE]) {
        await page.setViewportSize(size);
        await axe();
      }
      for (const size of [DESK, PHONE, NARROW]) {
        await page.setViewportSize(size);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(width <= size.width, `${page.url()} is ${width} px wide on a screen of ${size.width} px`);
      }
      assert.deepEqual(complaints.splice(0), []);
      await page.setViewportSize(DESK);
    });
  });
  assert.deepEqual(EXPECTED.filter((route) => !walked.includes(route)), [], 'no link leads to these');
});

test('the keys lead through the rounds and can be switched off', async (t) => {
  const { page } = await openDemo(t);
  await page.goto('/rounds');
  const focus = () => page.evaluate(() => document.activeElement.textContent.trim().replace(/\s+/g, ' '));
  await page.keyboard.press('j');
  const first = await focus();
  await page.keyboard.press('j');
  const second = await focus();
  assert.notEqual(first, second);
  await page.keyboard.press('k');
  assert.equal(await focus(), first);
  await page.keyboard.press('a');
  assert.ok(await page.evaluate(() => document.activeElement.matches('.btn-main')), 'a leads to the main action, and does not press it');
  await page.keyboard.press('?');
  await sees(page, 'Next and previous step or message');
  await page.getByLabel('Use single-letter keys').uncheck();
  await presses(page, 'Close');
  await page.reload();
  await page.keyboard.press('j');
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'BODY', 'keys that are switched off do nothing');
});

test('a post is moved to another day by the keyboard', async (t) => {
  const { page } = await openDemo(t);
  const post = await toAMovablePost(page);
  const { id, day } = await post.evaluate((link) => ({ id: link.dataset.move, day: link.closest('[data-day]').dataset.day }));
  await post.focus();
  await page.keyboard.press('Alt+ArrowRight');
  await page.waitForFunction(([id, day]) => {
    const moved = document.querySelector(`[data-move="${id}"]`)?.closest('[data-day]').dataset.day;
    return moved !== undefined && moved !== day;
  }, [id, day]);
  await sees(page, /moved|now goes out|goes out on/i);
});

test('reading, writing and signing need no JavaScript', async (t) => {
  const { page } = await openDemo(t, { javaScriptEnabled: false });
  for (const part of ['Calendar', 'Inbox', 'Challenges', 'Approval', 'Rounds']) {
    await goes(page, part);
    await reaches(page, new RegExp(`^/${part.toLowerCase()}`));
  }
  await goes(page, 'Write');
  await page.getByLabel('Post text').fill('We are closed on Friday afternoon.');
  await page.getByLabel('No, for example opening hours').check();
  await page.locator('button[name=do][value=ask]').press('Enter'); // said to be disabled, and answers all the same
  await sees(page, /Choose|day|time/);
  await page.getByLabel('Goes out on').fill('2030-01-15');
  await page.getByLabel('at', { exact: true }).fill('09:00');
  await page.locator('button[name=do][value=ask]').press('Enter'); // said to be disabled, and answers all the same
  await sees(page, 'It waits for a signature now.');
  await goes(page, 'Approval');
  await page.getByRole('article').filter({ hasText: 'closed on Friday afternoon' }).getByRole('button', { name: 'Sign this one' }).click();
  await sees(page, 'Signed. It goes out at its time.');
});

// Visits one page for each route that links lead to from here, and looks at it.
async function walk(page, from, look) {
  const routes = new Set();
  const waiting = [from];
  while (waiting.length > 0) {
    const address = waiting.shift();
    const route = routeOf(address);
    if (routes.has(route)) continue;
    routes.add(route);
    await page.goto(address);
    const links = await page.locator('a[href^="/"]').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    waiting.push(...links.map((link) => link.split('#')[0]).filter(isPage));
    await look(route);
  }
  return [...routes];
}

function isPage(link) {
  return !/\.(png|atom|rss|json|xml|webp|jpg)$|\/media\/|\/open$|^\/assets|^\/$/.test(link.split('?')[0]);
}

// The address as it stands in the list of routes; `?lang=es` and other views of a page are routes of their own here.
function routeOf(address) {
  const [path, query = ''] = address.split('?');
  const route = path
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '{id}')
    .replace(/^(\/challenges\/templates)\/[^/]+/, '$1/{id}')
    .replace(/^\/p\/[^/]+/, '/p/{practice}')
    .replace(/\/(posts|challenges)\/(?!\{id\})[^/]+$/, (all, part) => (path.startsWith('/p/') ? `/${part}/{page}` : all));
  const names = [...new URLSearchParams(query).keys()].sort().join('&');
  return names ? `${route}?${names}` : route;
}

async function toAMovablePost(page) {
  await page.goto('/calendar');
  for (let months = 0; months < 3; months += 1) {
    const post = page.locator('[data-move]').first();
    if (await post.isVisible()) return post;
    await page.getByRole('link', { name: 'Later' }).click();
  }
  return assert.fail('there is no post to move in this month and the next two');
}
