// The people of a practice: a forgotten password and its link, a second practice on the same installation, and the
// 911 sentence that only an owner switches on.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { openDemo } from './demo.mjs';
import { goes, presses, reaches, sees } from './person.mjs';
import { OWNER, invite, setUp, signIn } from './practice.mjs';
import { bedside as program } from './program.mjs';
import { openWorld } from './world.mjs';

const BEN = { name: 'Ben Okafor', email: 'ben@cedarhollow.example', password: 'a second quiet room' };
const run = promisify(execFile);

test('a forgotten password: the owner hands a link over, it works once, and the old password ends', async (t) => {
  const { page, setupLink, anotherPerson, axe, shot } = await openWorld(t);
  await setUp(page, setupLink);
  const ben = await anotherPerson();
  await invite(page, ben, BEN.name, BEN.email);
  await reaches(ben.page, '/rounds');

  await goes(page, 'People');
  await presses(page, `Make a new-password link for ${BEN.name}`);
  await sees(page, `Hand this link to ${BEN.name}.`);
  await axe();
  await shot('people-link');
  const link = await page.getByRole('status').getByRole('link').getAttribute('href');

  // Opening the link uses nothing up.
  await ben.page.goto(link);
  await axe(ben.page);
  await shot('new-password', ben.page);
  await ben.page.getByLabel('New password').fill('short');
  await presses(ben.page, 'Set the new password');
  await ben.page.locator('[aria-invalid=true]').waitFor();
  await axe(ben.page);

  const forgetful = await anotherPerson({ javaScriptEnabled: false });
  await forgetful.page.goto('/sign-in');
  await sees(forgetful.page, 'Ask an owner of your practice for a new-password link');
  await forgetful.page.goto(link);
  await forgetful.page.getByLabel('New password').fill('an even quieter room');
  await forgetful.page.keyboard.press('Enter');
  await reaches(forgetful.page, '/rounds');
  await sees(forgetful.page, 'Your new password is set.');

  await ben.page.goto('/rounds');
  await reaches(ben.page, '/sign-in');
  await signIn(ben.page, BEN);
  await sees(ben.page, 'This address and password do not belong together.');
  await ben.page.goto(link);
  await sees(ben.page, 'This link no longer works');
  await sees(ben.page, 'This link was used already, or it is older than a day.');
  await axe(ben.page);
  await shot('new-password-gone', ben.page);
  await signIn(ben.page, { ...BEN, password: 'an even quieter room' });
  await reaches(ben.page, '/rounds');
  assert.deepEqual([...ben.complaints, ...forgetful.complaints], []);
});

test('beside a running program, the terminal lets an only owner in and a second practice begin', async (t) => {
  const { bedside, page, setupLink, anotherPerson } = await openWorld(t);
  await setUp(page, setupLink);
  const types = async (...words) => {
    const { stdout } = await run(program, [...words, '--data', bedside.data, '--listen', `127.0.0.1:${bedside.port}`]);
    return stdout.match(/http:\S+/)[0];
  };

  const owner = await anotherPerson();
  await owner.page.goto(await types('new-password', '--email', OWNER.email));
  await owner.page.getByLabel('New password').fill('a much quieter room');
  await presses(owner.page, 'Set the new password');
  await reaches(owner.page, '/rounds');

  const second = await anotherPerson();
  await second.page.goto(await types('set-up-link'));
  const form = second.page;
  await form.getByRole('region', { name: '1. The practice' }).getByLabel('Name', { exact: true }).fill('Alder Creek Pediatrics');
  await form.getByLabel('City or town').fill('Alder Creek');
  await form.getByLabel('State').fill('Oregon');
  await form.getByLabel('Time zone').selectOption('America/Los_Angeles');
  await form.getByLabel('Phone for patients').fill('(541) 555-0188');
  await form.getByLabel('Your name').fill('Noor Haddad');
  await form.getByLabel('Your e-mail').fill('noor@aldercreek.example');
  await form.getByLabel('Password').fill('a small waiting room');
  await presses(form, 'Finish and plan the first month');
  await reaches(form, '/challenges/new');
  await presses(form, 'Sign out');
  await signIn(form, { email: 'noor@aldercreek.example', password: 'a small waiting room' });
  await reaches(form, '/rounds');
  await goes(form, 'People');
  await sees(form, 'Noor Haddad');
  assert.equal(await form.getByText(OWNER.name).count(), 0, 'each practice sees only itself');
});

test('the 911 sentence is off until an owner switches it on, and the inbox says how it stands', async (t) => {
  const { page, axe, shot } = await openDemo(t);
  await goes(page, 'Inbox');
  await sees(page, 'The 911 sentence is off.');
  await page.getByRole('link', { name: 'What it does' }).click();
  await reaches(page, '/inbox/sentence');
  await axe();
  await page.getByRole('button', { name: 'Switch it on' }).focus();
  await page.keyboard.press('Enter');
  await sees(page, 'The 911 sentence is on.');
  await sees(page, OWNER.name);
  await axe();
  await shot('sentence');
  await goes(page, 'Inbox');
  await sees(page, 'The 911 sentence is on. Bedside answers an emergency of the body by itself.');
  await axe();
  await page.getByRole('link', { name: 'What it does' }).click();
  await presses(page, 'Switch it off');
  await sees(page, 'The 911 sentence is off. People answer.');
});
