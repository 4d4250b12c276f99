// Pictures of the main pages of the example practice, at a desk and on a phone. With BEDSIDE_SCREENSHOTS=1 they land in
// docs/screenshots, where README.md shows them; without, they prove that the pages stand.

import { test } from 'node:test';
import { openDemo } from './demo.mjs';
import { sees } from './person.mjs';

test('pictures of the main pages', async (t) => {
  const { page, shot } = await openDemo(t);
  const hrefOf = (link) => link.first().getAttribute('href');

  await shot('rounds');
  await page.goto('/inbox');
  await shot('inbox');
  const message = await hrefOf(page.locator('.inbox-list a'));
  await page.goto('/challenges');
  await shot('challenges');
  const challenge = await hrefOf(page.locator('main a[href^="/challenges/"]:not([href$="/new"])'));
  await page.goto('/calendar');
  await shot('calendar');
  const published = await hrefOf(page.locator('.ev.is-ok'));
  const draft = (await hrefOf(page.locator('.ev').filter({ hasText: 'Draft' }))).replace('/posts/', '/compose/');
  const own = await page.goto('/accounts').then(() => hrefOf(page.getByRole('link', { name: 'Look at it' })));

  for (const [name, address] of [
    ['message', message],
    ['challenge', challenge],
    ['challenge-plan', '/challenges/new'],
    ['post', published],
    ['approval', '/approval'],
    ['accounts', '/accounts'],
    ['people', '/people'],
    ['sources', '/sources'],
    ['public-home', own],
    ['public-home-es', `${own}?lang=es`],
  ]) {
    await page.goto(address);
    await shot(name);
  }
  await page.goto(draft);
  await page.getByLabel('Post text').press('ControlOrMeta+End');
  await page.keyboard.type(' Linda Perkins brought her soup and her blood pressure is down.');
  await page.locator('.findings .finding').first().waitFor();
  await page.locator('.mirror .find').first().waitFor();
  await shot('compose');
  const latest = await page.goto(own).then(() => hrefOf(page.locator('.entry a')));
  await page.goto(latest);
  await shot('public-post');
  await page.goto(own);
  await page.goto(await hrefOf(page.locator('main a[href*="/challenges/"]')));
  await shot('public-challenge');
  await sees(page, '911');
});
