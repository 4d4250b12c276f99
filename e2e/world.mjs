// The world of a browser test: Bedside as it is built, on an empty folder, and a person at a real browser.
//
//   import { test } from 'node:test';
//   import { openWorld } from './world.mjs';
//
//   test('a new user sets up the practice', async (t) => {
//     const { page, setupLink, axe, shot, clicks } = await openWorld(t);
//     await page.goto(setupLink);
//     await page.getByLabel('Practice name').fill('Cedar Hollow Family Medicine');
//     await axe();                      // fails with a list, in light and in dark
//     await shot('first-run');          // at 1440 and 390 px
//     assert.ok(clicks() <= 15);
//   });
//
// All of it ends with the test, which also fails if a page complained: a script error, a refusal by the content
// security policy, an answer of 500 or more, a request that left the machine. A test that provokes one of these
// empties `complaints` after it has looked at them.

import assert from 'node:assert/strict';
import { axe, openBrowser, openPerson, shot } from './browser.mjs';
import { startBedside } from './program.mjs';

/**
 * @param {import('node:test').TestContext} t
 * @param {{bedside?: object, person?: object}} [wish] bedside: see startBedside; person: options of the browser context
 */
export async function openWorld(t, wish = {}) {
  const bedside = await startBedside(wish.bedside);
  t.after(() => bedside.stop());
  const browser = await openBrowser();
  t.after(() => browser.close());
  const person = await openPerson(browser, { baseURL: bedside.url, ...wish.person });
  t.after(() => assert.deepEqual(person.complaints, [], 'a page complained'));

  return {
    bedside,
    browser,
    page: person.page,
    url: bedside.url,
    setupLink: bedside.setupLink(),
    complaints: person.complaints,
    clicks: () => person.clicks,
    axe: (page = person.page) => axe(page),
    shot: (name, page = person.page) => shot(page, name),
    /** Somebody else at another browser: no cookie is shared. */
    anotherPerson: (options) => openPerson(browser, { baseURL: bedside.url, ...options }),
  };
}
