// What a person sees: a sentence on the page, the page they have come to, a link or a button they press. Each waits
// until it is so, and fails with what stood there instead.

import assert from 'node:assert/strict';

/** The words are on the page, where a person sees them. */
export async function sees(page, words) {
  try {
    await page.locator('body').getByText(words).filter({ visible: true }).first().waitFor();
  } catch {
    const told = await page.locator('main').innerText().catch(() => 'nothing');
    assert.fail(`“${words}” is not to be seen on ${page.url()}, which says:\n${told.slice(0, 3000)}`);
  }
}

/** The person is on this page; its query does not matter. */
export async function reaches(page, path) {
  const isThere = ({ pathname }) => (path instanceof RegExp ? path.test(pathname) : pathname === path);
  try {
    await page.waitForURL(isThere);
  } catch {
    const told = await page.locator('main').innerText().catch(() => 'nothing');
    assert.fail(`${path} is not reached but ${page.url()}, which says:\n${told.slice(0, 3000)}`);
  }
}

/** Goes to a part of Bedside by its menu, as a person would. */
export function goes(page, part) {
  return page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: part }).click();
}

/** Presses a button by its words. */
export function presses(page, words) {
  return page.getByRole('button', { name: words }).click();
}

/** What stands in each field of the page's main form, by its name, but passwords. */
export function typed(page) {
  return page.locator('main form').first().evaluate((form) =>
    [...new FormData(form)].filter(([name]) => !name.includes('password')));
}
