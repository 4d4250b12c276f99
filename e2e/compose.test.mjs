// Writing a post: saved as one types, checked in place, and what is refused is told without losing a word.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { openDemo } from './demo.mjs';
import { goes, presses, sees } from './person.mjs';

const text = (page) => page.getByLabel('Post text');

test('a draft is saved as it is typed and is still there in another window', async (t) => {
  const { page } = await openDemo(t);
  await goes(page, 'Write');
  await text(page).pressSequentially('The herb garden is open on Saturday.');
  await page.waitForURL(/\/compose\/[0-9a-f-]{36}$/);
  await sees(page, /^Saved/);
  const other = await page.context().newPage();
  await other.goto(page.url());
  assert.equal(await text(other).inputValue(), 'The herb garden is open on Saturday.');
});

test('the guard underlines a name while one types, and one click mends it', async (t) => {
  const { page, axe } = await openDemo(t);
  await goes(page, 'Write');
  await text(page).pressSequentially('Thank you, Linda Perkins, for the soup. Come and taste it!');
  await sees(page, 'Cannot go out');
  assert.equal(await page.locator('.mirror .find').first().innerText(), 'Linda Perkins');
  await axe();
  await presses(page, 'Remove the sentence');
  await sees(page, 'No known problem found');
  assert.equal((await text(page).inputValue()).trim(), 'Come and taste it!');
});

test('counters follow each network, and what is too long for one is told', async (t) => {
  const { page } = await openDemo(t);
  await goes(page, 'Write');
  await text(page).fill('Soup is good for you. '.repeat(20));
  const tabs = page.getByRole('navigation', { name: 'Text for each network' });
  await tabs.getByRole('link', { name: /Bluesky .*too long/ }).waitFor();
  assert.equal(await tabs.getByRole('link', { name: /Mastodon .*too long/ }).count(), 0, 'it fits there');
});

test('the main button says what is missing as one types, and a press tells it again', async (t) => {
  const { page, axe, shot } = await openDemo(t);
  await goes(page, 'Write');
  const ask = page.locator('button[name=do][value=ask]');
  const reasons = page.locator('#reasons');
  const isMarked = (marked) => page.locator(`button[name=do][value=ask][aria-disabled=${marked}]`).waitFor();
  await isMarked(true);
  await page.getByLabel('No, for example opening hours').check();
  await text(page).fill('We are closed on Friday. Thank you, Linda Perkins.');
  // The gravest stands first; the missing day waits behind it.
  await reasons.getByText('Not yet: “Linda Perkins”').waitFor();
  await reasons.getByText('Choose when it goes out.').waitFor({ state: 'attached' });
  await page.getByLabel('Goes out on').fill('2030-01-15');
  await page.getByLabel('at', { exact: true }).fill('09:00');
  await reasons.getByText('Choose when it goes out.').waitFor({ state: 'detached' });
  await axe();
  await shot('compose-reasons');
  await ask.focus();
  await page.keyboard.press('Enter');
  await sees(page, 'It is saved. Before anybody can sign it:');
  await axe();

  await text(page).fill('Soup is good for you. '.repeat(20));
  await reasons.getByText(/too long/).first().waitFor();
  await text(page).fill('We are closed on Friday.');
  await isMarked(false);
  assert.equal((await reasons.innerText()).includes('Not yet'), false);
  const accounts = page.locator('input[name=accounts]:checked');
  while ((await accounts.count()) > 0) await accounts.first().uncheck();
  await isMarked(true);
  await reasons.getByText(/account/).first().waitFor();
});

test('without JavaScript, a press of the main button saves and answers with what is missing', async (t) => {
  const { page } = await openDemo(t, { javaScriptEnabled: false });
  await goes(page, 'Write');
  await text(page).fill('Thank you, Linda Perkins.');
  // It is marked as disabled for those who listen, and can be pressed all the same.
  await page.locator('button[name=do][value=ask]').click({ force: true });
  await sees(page, 'It is saved. Before anybody can sign it:');
  assert.equal(await text(page).inputValue(), 'Thank you, Linda Perkins.');
});

test('the same words found many times make one card, and one click mends them all', async (t) => {
  const { page } = await openDemo(t, { javaScriptEnabled: false });
  await goes(page, 'Write');
  await text(page).fill(`${'Thank you, Linda Perkins. '.repeat(20)}Come and taste the soup!`);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await sees(page, 'in the text, 20 times');
  await sees(page, 'One thing in this text');
  await presses(page, 'Remove the sentences');
  await sees(page, 'No known problem found');
  assert.equal(await text(page).inputValue(), 'Come and taste the soup!');
});

test('pictures that are no pictures are refused, and the text stays', async (t) => {
  const { page } = await openDemo(t);
  await goes(page, 'Write');
  await text(page).fill('A picture of our garden.');
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  for (const [name, mimeType, bytes] of [
    ['garden.svg', 'image/svg+xml', Buffer.from(svg)],
    ['garden.png', 'image/png', Buffer.from('this is no picture at all')],
    ['garden.jpg', 'image/jpeg', await readFile(import.meta.filename)],
  ]) {
    await page.getByLabel('Add a picture').setInputFiles({ name, mimeType, buffer: bytes });
    await presses(page, 'Add the picture');
    await sees(page, 'One thing needs a change.');
    assert.equal(await text(page).inputValue(), 'A picture of our garden.');
  }
});

test('a time that has passed, or that the clocks leave out, is not taken', async (t) => {
  const { page } = await openDemo(t);
  await goes(page, 'Write');
  await text(page).fill('We are closed on Friday.');
  for (const [day, time, told] of [
    ['2020-01-01', '12:10', 'This time has passed.'],
    ['2027-03-14', '02:30', '2:30 does not exist'],
  ]) {
    await page.getByLabel('Goes out on').fill(day);
    await page.getByLabel('at', { exact: true }).fill(time);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await sees(page, told);
    assert.equal(await text(page).inputValue(), 'We are closed on Friday.');
    assert.equal(await page.getByLabel('Goes out on').inputValue(), day);
  }
});

test('two windows on one draft: the second chooses, and neither text is lost', async (t) => {
  const { page } = await openDemo(t, { javaScriptEnabled: false });
  await goes(page, 'Write');
  await text(page).fill('First words.');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await sees(page, 'Saved.');
  const other = await page.context().newPage();
  await other.goto(page.url());
  await text(other).fill('Words from the other window.');
  await other.getByRole('button', { name: 'Save', exact: true }).click();
  await sees(other, 'Saved.');

  await text(page).fill('Words from this window.');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await sees(page, 'Yours is below; choose.');
  await sees(page, 'Words from the other window.');
  await presses(page, 'Save mine in its place');
  await sees(page, 'Saved.');
  assert.equal(await text(page).inputValue(), 'Words from this window.');
});
