// The first day: from the set-up link to a practice whose people sign in.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goes, presses, reaches, sees, typed } from './person.mjs';
import { OWNER, PEOPLE, invite, setUp, signIn, typeOwner, typePeople, typePractice, typeSetUp } from './practice.mjs';
import { openWorld } from './world.mjs';

const FINISH = 'Finish and plan the first month';

test('a new owner sets the practice up, and a mistake costs nothing that was typed', async (t) => {
  const { page, setupLink, axe, shot } = await openWorld(t);
  await page.goto(setupLink);
  await axe();
  await shot('set-up');

  await presses(page, FINISH);
  await sees(page, '8 things need a change.');
  await axe();
  await page.getByRole('link', { name: 'Write the practice’s full name' }).click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'name', 'the mistake leads to its field');

  await typePractice(page);
  await typePeople(page, PEOPLE);
  await typeOwner(page);
  await page.getByLabel('Your domain').fill('cedarhollow');
  await page.getByLabel('Password').fill('short');
  const before = await typed(page);
  await presses(page, FINISH);
  await sees(page, '2 things need a change.');
  await sees(page, 'Please type it once more: it is never kept.');
  assert.deepEqual(await typed(page), before, 'what was typed is still there');

  await page.goto(setupLink);
  assert.deepEqual(await typed(page), before, 'and also after the page was left');
  await page.getByLabel('Your domain').fill('cedarhollow.example');
  await page.getByLabel('Password').fill(OWNER.password);
  await presses(page, FINISH);
  await reaches(page, '/challenges/new');

  await page.goto(setupLink);
  await sees(page, 'This set-up link was used already');
});

test('set-up, people and signing in work without JavaScript', async (t) => {
  const { page, setupLink } = await openWorld(t, { person: { javaScriptEnabled: false } });
  await page.goto(setupLink);
  await typeSetUp(page);
  await presses(page, FINISH);
  await reaches(page, '/challenges/new');
  await page.goto('/people');
  for (const { name } of PEOPLE) await sees(page, name);
  await presses(page, 'Sign out');
  await reaches(page, '/sign-in');
  await signIn(page);
  await reaches(page, '/rounds');
});

test('signing out and in: a wrong password is told, and a keyboard is enough', async (t) => {
  const { page, setupLink, axe, shot } = await openWorld(t);
  await setUp(page, setupLink);
  await presses(page, 'Sign out');
  await reaches(page, '/sign-in');
  await axe();
  await shot('sign-in');

  await signIn(page, { ...OWNER, password: 'a loud waiting room' });
  await sees(page, 'This address and password do not belong together.');
  await axe();
  assert.equal(await page.getByLabel('E-mail').inputValue(), OWNER.email);

  await page.goto('/people');
  await reaches(page, '/sign-in');
  await tabTo(page, 'email');
  await page.keyboard.type(OWNER.email);
  await tabTo(page, 'password');
  await page.keyboard.type(OWNER.password);
  await page.keyboard.press('Enter');
  await reaches(page, '/people');
});

test('too many wrong passwords close the door for a while, and it says for how long', async (t) => {
  const { page, setupLink } = await openWorld(t);
  await setUp(page, setupLink);
  await page.context().clearCookies();
  const closed = page.getByText(/Too many wrong passwords. Wait .* and try again/);
  for (let tries = 0; tries < 20 && !(await closed.isVisible()); tries += 1) {
    await signIn(page, { ...OWNER, password: `wrong password ${tries}` });
    await page.waitForLoadState();
  }
  await sees(page, /Too many wrong passwords. Wait .* and try again/);
  await signIn(page);
  await reaches(page, '/sign-in');
});

test('the owner invites a colleague, who signs in at another browser and is signed out when they leave', async (t) => {
  const { page, setupLink, anotherPerson, axe } = await openWorld(t);
  await setUp(page, setupLink);
  await goes(page, 'People');
  await axe();

  const ben = await anotherPerson();
  await invite(page, ben, 'Ben Okafor', 'ben@cedarhollow.example');
  await reaches(ben.page, '/rounds');
  await sees(ben.page, 'Ben Okafor');
  await goes(ben.page, 'People');
  assert.equal(await ben.page.getByRole('button', { name: 'Add' }).count(), 0, 'only the owner adds people');

  await page.getByRole('region', { name: 'Add a person' }).getByLabel('Name').fill('Hannah Weiss');
  await page.getByRole('region', { name: 'Add a person' }).getByLabel('Writes and answers').check();
  await presses(page, 'Add');
  await sees(page, 'Hannah Weiss may be named in posts now.');

  await presses(page, 'Ben Okafor has left the practice');
  await sees(page, /Ben Okafor/);
  await ben.page.goto('/rounds');
  await reaches(ben.page, '/sign-in');
  assert.deepEqual(ben.complaints, []);
});

// Presses Tab until the field has the focus, as somebody without a pointer does.
async function tabTo(page, id) {
  for (let presses = 0; presses < 12; presses += 1) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate(() => document.activeElement.id)) === id) return;
  }
  assert.fail(`the field ${id} is not reached by the keyboard`);
}
