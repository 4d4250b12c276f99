// Cedar Hollow Family Medicine, the example practice: who works there, and the steps that every test begins with.
// All names, numbers and places are invented.

import { reaches } from './person.mjs';

export const OWNER = {
  name: 'Maria Alvarez',
  credentials: 'MD',
  email: 'maria@cedarhollow.example',
  password: 'a quiet waiting room',
};

export const PEOPLE = [
  { name: 'Ben Okafor', credentials: 'MD', may: 'Sign health content' },
  { name: 'Jordan Lee', credentials: 'NP', may: 'Write, answer and sign' },
  { name: 'Priya Nair', credentials: 'Practice manager', may: 'Write and answer' },
  { name: 'Tomás Rivera', credentials: 'Medical assistant' },
];

/** Types the whole set-up form, one row of people by the button, but does not send it. */
export async function typeSetUp(page) {
  await typePractice(page);
  await typePeople(page, PEOPLE);
  await typeOwner(page);
}

export async function typePractice(page) {
  const practice = page.getByRole('region', { name: '1. The practice' });
  await practice.getByLabel('Name', { exact: true }).fill('Cedar Hollow Family Medicine');
  await practice.getByLabel('Short names').fill('Cedar Hollow, CHFM');
  await practice.getByLabel('Specialty').fill('family medicine');
  await practice.getByLabel('Address').fill('218 Mill Street, Maple Falls, OR 97999');
  await practice.getByLabel('City or town').fill('Maple Falls');
  await practice.getByLabel('County').fill('Linn County');
  await practice.getByLabel('State').fill('Oregon');
  await practice.getByLabel('Time zone').selectOption('America/Los_Angeles');

  const reach = page.getByRole('region', { name: '3. How people reach you' });
  await reach.getByLabel('Phone for patients').fill('(541) 555-0142');
  await reach.getByLabel('Fax').fill('(541) 555-0143');
  await reach.getByLabel('E-mail').fill('hello@cedarhollow.example');
  await reach.getByLabel('Your domain').fill('cedarhollow.example');
  await reach.getByLabel('Your handles on networks').fill('@CedarHollowFM');
}

export async function typePeople(page, people) {
  for (const [n, person] of people.entries()) {
    const row = page.getByRole('group', { name: `Person ${n + 1}` });
    if ((await row.count()) === 0) await page.getByRole('button', { name: 'Add a row' }).click();
    await row.getByLabel('Name').fill(person.name);
    await row.getByLabel('Credentials or role').fill(person.credentials);
    if (person.may) await row.getByLabel('May').selectOption({ label: person.may });
  }
}

export async function typeOwner(page) {
  const you = page.getByRole('region', { name: '4. You' });
  await you.getByLabel('Your name').fill(OWNER.name);
  await you.getByLabel('Your credentials or role').fill(OWNER.credentials);
  await you.getByLabel('I am a clinician').check();
  await you.getByLabel('Your e-mail').fill(OWNER.email);
  await you.getByLabel('Password').fill(OWNER.password);
}

/** From the set-up link to the first page after it. */
export async function setUp(page, setupLink) {
  await page.goto(setupLink);
  await typeSetUp(page);
  await page.getByRole('button', { name: 'Finish and plan the first month' }).click();
  await reaches(page, '/challenges/new');
}

export async function signIn(page, { email, password } = OWNER) {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** The owner invites a colleague, who then signs in for the first time at a browser of their own. */
export async function invite(page, colleague, name, email) {
  await page.goto('/people');
  const sheet = page.getByRole('region', { name: new RegExp(`^${name}`) });
  await sheet.getByLabel('E-mail for signing in').fill(email);
  await sheet.getByRole('button', { name: 'Invite to sign in' }).click();
  const link = await page.getByRole('status').getByRole('link').getAttribute('href');
  await colleague.page.goto(link);
  await colleague.page.getByLabel('Password').fill('a second quiet room');
  await colleague.page.getByRole('button', { name: 'Join the practice' }).click();
}

/** On the accounts page: fills the form for Bluesky and sends it. */
export async function connectBluesky(page, { server, handle, appPassword }) {
  const form = page.getByRole('form', { name: 'Bluesky' });
  await form.getByLabel('Handle').fill(handle);
  await form.getByLabel('App password').fill(appPassword);
  await form.getByLabel('Server').fill(server);
  await form.getByRole('button', { name: 'Connect Bluesky and test' }).click();
}

/** On the accounts page: goes to the server's own sign-in page, agrees there, and comes back. */
export async function connectMastodon(page, { server, login, password }) {
  const form = page.getByRole('form', { name: 'Mastodon' });
  await form.getByLabel('Server').fill(server);
  await form.getByRole('button', { name: 'Go on to their sign-in' }).click();
  await page.waitForURL((url) => url.origin === server);
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=passwd]').fill(password);
  await page.keyboard.press('Enter');
  await reaches(page, '/accounts');
}
