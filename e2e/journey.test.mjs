// The main job as a person does it, once from the set-up link to an answered reply, on real networks.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  allowed, blueskyAccount, blueskyPosts, blueskyReply, eventually, needsBoth, snacAccount, snacPosts, snacReply, snacStranger,
} from './networks.mjs';
import { goes, presses, reaches, sees } from './person.mjs';
import { connectBluesky, connectMastodon, invite, setUp } from './practice.mjs';
import { openWorld } from './world.mjs';

const CLICKS_TO_A_MONTH = 15;
const CLICKS_TO_SIGN = 3;
const CLICKS_TO_ANSWER = 4;
const ALT = 'A bowl of lentil soup with parsley on a wooden table';
// One red pixel; Bedside decodes and encodes it anew.
const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC', 'base64');

test('from the set-up link to a month on three places and an answered reply', { skip: needsBoth }, async (t) => {
  const world = await openWorld(t, { bedside: { args: allowed() } });
  const { page } = world;
  const [cedar, alice] = [await blueskyAccount('cedar'), await snacAccount()];
  const ben = await world.anotherPerson();

  await t.test('a new user has a month that waits for its signature', async () => {
    await setUp(page, world.setupLink);
    await goes(page, 'Accounts');
    await connectBluesky(page, cedar);
    await sees(page, `${cedar.handle} is connected.`);
    await connectMastodon(page, alice);
    await sees(page, 'is connected.');
    await goes(page, 'Challenges');
    await page.getByRole('link', { name: 'Plan a challenge' }).click();
    await page.getByRole('radio', { name: /Less salt, more flavor/ }).check();
    await presses(page, 'Ask for the signature');
    await reaches(page, /^\/challenges\/[0-9a-f-]{36}$/);
    await sees(page, 'Less salt, more flavor');
    t.diagnostic(`clicks to a month that waits for its signature: ${world.clicks()}`);
    assert.ok(world.clicks() <= CLICKS_TO_A_MONTH, `${world.clicks()} clicks, at most ${CLICKS_TO_A_MONTH}`);
  });

  await t.test('nobody signs a fact before its page was opened and ticked', async () => {
    const month = page.url();
    await invite(page, ben, 'Ben Okafor', 'ben@cedarhollow.example');
    await page.goto(month);
    const facts = page.getByRole('region', { name: 'Open each page and tick' });
    const tick = facts.getByRole('button', { name: 'The page says so' }).first();
    await tick.click();
    await sees(page, /Open .* first/);
    while (await facts.isVisible()) {
      const [opened] = await Promise.all([page.waitForEvent('popup'), facts.getByRole('link', { name: 'Open the page' }).first().click()]);
      await opened.close();
      const left = await facts.getByRole('button').count();
      await tick.click();
      await eventually('a fact is ticked', async () => (await facts.getByRole('button').count()) < left);
    }
    leavingIsMeant(world);
  });

  await t.test('a clinician signs a whole week from the rounds', async () => {
    const before = ben.clicks;
    await ben.page.goto('/rounds');
    await ben.page.locator('.btn-main').first().click();
    await reaches(ben.page, '/approval');
    await ben.page.getByRole('button', { name: /Sign the \d+ posts of this week/ }).first().click();
    await sees(ben.page, /\d+ posts are signed/);
    t.diagnostic(`clicks to sign a week: ${ben.clicks - before}`);
    assert.ok(ben.clicks - before <= CLICKS_TO_SIGN, `${ben.clicks - before} clicks, at most ${CLICKS_TO_SIGN}`);
  });

  const words = `Our kitchen talk is on Friday at 6. Come hungry! https://cedarhollow.example/talk ${Date.now()}`;
  const post = { address: '' };

  await t.test('a post with a picture goes out to the own page, Bluesky and snac', async () => {
    post.address = await writePost(page, words);
    await eventually('it is out everywhere', async () => {
      await page.goto(post.address);
      return (await page.getByText('Out', { exact: true }).count()) === 3;
    });
    const [record] = await blueskyPosts(cedar);
    assert.ok(record.value.text.startsWith('Our kitchen talk is on Friday'), record.value.text);
    assert.equal(record.value.embed.images[0].alt, ALT);
    assert.ok(record.value.facets.some(({ features }) => features.some(({ uri }) => uri === 'https://cedarhollow.example/talk')));
    post.bluesky = record;
    const status = await onSnac(alice, 'Our kitchen talk is on Friday');
    assert.equal(status.media_attachments[0].description, ALT);
    post.snac = status;

    const reader = await world.anotherPerson();
    await reader.page.goto(await page.getByRole('article').filter({ hasText: 'Own page' }).getByRole('link', { name: 'See it there' }).getAttribute('href'));
    await sees(reader.page, 'Our kitchen talk is on Friday');
    assert.equal(await reader.page.getByAltText(ALT).count(), 1);
    assert.deepEqual(await reader.context.cookies(), [], 'who only reads gets no cookie');
  });

  await t.test('replies come into the inbox and are answered', async () => {
    const [lena, bob] = [await blueskyAccount('lena'), await snacStranger()];
    await blueskyReply(lena, post.bluesky, 'That sounds lovely, is there parking?');
    await snacReply(bob, post.snac.url, `@${alice.login}@${new URL(alice.server).host} Can I bring my kids?`);
    await answers(world, 'is there parking', 'Yes, behind the house. We look forward to it.');
    await eventually('the answer is on Bluesky', async () =>
      (await blueskyPosts(cedar)).some(({ value }) => value.text.includes('behind the house') && value.reply?.parent.uri));
    await answers(world, 'Can I bring my kids', 'Yes, they are welcome.');
    const answer = await eventually('the answer is on snac', () => onSnac(alice, 'they are welcome'));
    assert.ok(answer.in_reply_to_id);
  });

  await t.test('a correction and a deletion reach the networks', async () => {
    await page.goto(post.address);
    await page.getByRole('link', { name: 'Correct it' }).click();
    await page.getByLabel('Post text').fill(words.replace('Friday at 6', 'Friday at 7'));
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await sees(page, 'The signature has ended');
    await signIt(page);
    await eventually('snac shows the correction', () => onSnac(alice, 'Friday at 7'));
    await page.goto(post.address);
    await page.getByLabel('Delete it everywhere').check();
    await presses(page, 'Delete it');
    await eventually('it is gone', async () => {
      const there = [...(await blueskyPosts(cedar)).map(({ value }) => value.text), ...(await snacPosts(alice)).map(({ content }) => content)];
      return !there.some((text) => text.includes('Our kitchen talk is on Friday'));
    });
  });
  assert.deepEqual(ben.complaints, []);
});

// Writes a post for the next minute and everywhere, has it signed, and returns the address of its page.
async function writePost(page, words) {
  await goes(page, 'Write');
  await page.getByLabel('Post text').fill(words);
  await page.getByLabel('No, for example opening hours').check();
  await page.getByLabel('Add a picture').setInputFiles({ name: 'soup.png', mimeType: 'image/png', buffer: PICTURE });
  await presses(page, 'Add the picture');
  await page.getByLabel('What does the picture show?').fill(ALT);
  await page.getByLabel('No people').check();
  const [day, time] = soon();
  await page.getByLabel('Goes out on').fill(day);
  await page.getByLabel('at', { exact: true }).fill(time);
  const address = page.url().replace('/compose/', '/posts/');
  await signIt(page);
  return address;
}

// Asks for the signature and gives it: what is not about health, the author may sign.
async function signIt(page) {
  await page.locator('button[name=do][value=ask]').click();
  await sees(page, 'It waits for a signature now.');
  await goes(page, 'Approval');
  const mine = page.getByRole('article').filter({ hasText: 'Our kitchen talk' });
  await mine.getByRole('button', { name: 'Sign this one' }).click();
  await sees(page, 'Signed. It goes out at its time.');
}

// The next minute that leaves time to sign, on the practice's clock, as two fields of a form.
function soon() {
  const moment = new Date(Date.now() + 75_000);
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/Los_Angeles', dateStyle: 'short', timeStyle: 'short' });
  return clock.format(moment).split(' ');
}

// Finds the message in the inbox and answers it, in few clicks.
async function answers({ page, clicks }, message, words) {
  await eventually(`“${message}” is in the inbox`, async () => {
    await page.goto('/inbox');
    if ((await page.getByRole('link', { name: message }).count()) > 0) return true;
    await presses(page, 'Look now');
    return false;
  });
  await page.goto('/rounds');
  const before = clicks();
  await goes(page, 'Inbox');
  await page.getByRole('link', { name: message }).last().click();
  await page.getByLabel('Your reply').fill(words);
  await presses(page, 'Send the reply');
  await sees(page, words);
  assert.ok(clicks() - before <= CLICKS_TO_ANSWER, `${clicks() - before} clicks, at most ${CLICKS_TO_ANSWER}`);
}

async function onSnac(account, words) {
  return (await snacPosts(account)).find(({ content }) => content.includes(words));
}

// The sources' pages are outside; the browser is kept from reaching them, and says that it was asked to.
function leavingIsMeant({ complaints }) {
  const others = complaints.filter((complaint) => !complaint.startsWith('a request left the machine: https://'));
  complaints.splice(0, complaints.length, ...others);
}
