// The guard in the page: the same findings as on the server, without the text leaving the browser.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { load } from '../crates/guard-wasm/package/index.js';
import { openDemo } from './demo.mjs';
import { goes } from './person.mjs';
import { bedside, repository } from './program.mjs';

const loud = (findings) => findings.filter(({ severity }) => severity !== 'note').length;
const guardPackage = path.join(repository, 'crates/guard-wasm/package');
const data = path.join(repository, 'crates/guard/tests/data');

test('a composer that the server does not answer still underlines, explains and says so', async (t) => {
  const { page, axe } = await openDemo(t);
  await goes(page, 'Write');
  // Whatever is shown now comes from the page itself.
  await page.route('**/draft', (route) => route.abort());
  const text = page.getByLabel('Post text');
  await text.pressSequentially('Café news 🎉 Congratulations to our patient Denise Kowalski, who finished chemo!');
  const mark = page.locator('.mirror .find.is-block').filter({ hasText: 'Denise Kowalski' });
  await mark.waitFor();
  await page.locator('#findings .finding[data-live] .said', { hasText: /^Denise Kowalski$/ }).waitFor();
  await page.getByRole('status').filter({ hasText: /cannot go out/ }).waitFor({ state: 'attached' });
  await axe();
  await text.fill('Come and taste our soup.');
  await page.getByRole('status').filter({ hasText: 'No known problem found in this text.' }).waitFor({ state: 'attached' });
  assert.equal(await page.locator('#findings .finding[data-live]').count(), 0);
});

test('a finding is mended with one press, by keyboard, and Undo takes it back', async (t) => {
  const { page, axe } = await openDemo(t);
  await goes(page, 'Write');
  await page.route('**/draft', (route) => route.abort());
  const text = page.getByLabel('Post text');
  const written = 'Café news 🎉 Our patient Gloria Mendez walked 100 miles this year.';
  await text.pressSequentially(written);
  const button = page.getByRole('button', { name: /^Use “a patient” for “Our patient Gloria Mendez”/ }).first();
  await button.waitFor();
  await axe();
  await button.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: 'No known problem found in this text.' }).waitFor({ state: 'attached' });
  assert.match(await text.inputValue(), /^Café news 🎉 a patient walked 100 miles this year\.$/);
  await text.press('ControlOrMeta+z');
  assert.equal(await text.inputValue(), written);
});

test('a reply is looked at while it is typed', async (t) => {
  const { page } = await openDemo(t);
  await goes(page, 'Inbox');
  await page.locator('.inbox-list a').last().click();
  const reply = page.getByLabel('Your reply');
  await reply.fill('Thank you for visiting us, see you at your next appointment!');
  await page.locator('.mirror .find.is-block').first().waitFor();
  await page.locator('#findings .finding[data-live]').first().waitFor();
  await reply.fill('Thank you for visiting us!');
  await page.locator('.mirror').filter({ hasText: /^Thank you for visiting us!$/ }).waitFor({ state: 'attached' });
  await page.getByRole('button', { name: 'Use “taking the time to write”' }).click();
  assert.equal(await reply.inputValue(), 'Thank you for taking the time to write!');
});

test('the program and the page find the same', async () => {
  const practice = path.join(data, 'practice.json');
  const lines = await readFile(path.join(data, 'cases.jsonl'), 'utf8');
  const native = execFileSync(bedside, ['guard', '--practice', practice], { input: lines, maxBuffer: 2 ** 28, encoding: 'utf8' });
  const guard = await load(await readFile(path.join(guardPackage, 'guard.wasm')));
  guard.prepare(JSON.parse(await readFile(practice, 'utf8')));
  const questions = lines.trim().split('\n').map((line) => JSON.parse(line));
  const answers = native.trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(answers.length, questions.length);
  for (const [at, { id, text, context, lang, in_reply_to: inReplyTo }] of questions.entries()) {
    const key = ({ category, severity, span, rule, replacement }) => [category, severity, span, rule, replacement].join(' ');
    const found = guard.advise(text, { context, lang, inReplyTo });
    assert.deepEqual(found.map(key), answers[at].findings.map(key), id);
    for (const { start, end, span } of found) assert.equal(text.slice(start, end), span, `${id}: places as JavaScript counts`);
    for (const { replacement: words, replace_start: from, replace_end: to } of found.filter(({ replacement }) => replacement)) {
      const mended = guard.look(text.slice(0, from) + words + text.slice(to), { context, lang, inReplyTo });
      assert.ok(loud(mended) < loud(found), `${id}: “${words}” mends it`);
    }
  }
});
