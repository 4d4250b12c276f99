// Connecting the accounts that a practice has, on real servers, and what goes wrong there.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import { test } from 'node:test';
import { allowed, blueskyAccount, needsBluesky, needsSnac, snacAccount } from './networks.mjs';
import { goes, presses, reaches, sees } from './person.mjs';
import { connectBluesky, connectMastodon, setUp } from './practice.mjs';
import { openWorld } from './world.mjs';

test('a Bluesky account is connected, tested, switched off and removed', { skip: needsBluesky }, async (t) => {
  const { page, axe, shot } = await openSetUpWorld(t);
  const account = await blueskyAccount('cedar');
  await goes(page, 'Accounts');
  await axe();

  await connectBluesky(page, { ...account, appPassword: 'aaaa-bbbb-cccc-dddd' });
  await sees(page, 'One thing needs a change.');
  await axe();
  assert.equal(await page.getByLabel('Handle').inputValue(), account.handle, 'what was typed is still there');
  assert.equal(await page.getByLabel('App password').inputValue(), '', 'but never a password');

  await connectBluesky(page, account);
  await sees(page, `${account.handle} is connected.`);
  await shot('accounts');

  const line = page.getByRole('listitem').filter({ hasText: account.handle });
  await line.getByRole('button', { name: 'Test now' }).click();
  await sees(page, `${account.handle} works.`);
  await line.getByRole('button', { name: 'Switch off' }).click();
  await sees(page, 'Switched off');
  await line.getByRole('button', { name: 'Switch on' }).click();
  await sees(page, 'It is on again.');
  await line.getByRole('button', { name: 'Remove' }).click();
  await sees(page, `${account.handle} is removed`);
});

test('a Mastodon account is connected through its own sign-in page', { skip: needsSnac }, async (t) => {
  const { page } = await openSetUpWorld(t);
  const account = await snacAccount();
  await goes(page, 'Accounts');
  await connectMastodon(page, account);
  await sees(page, `${account.login}@${new URL(account.server).host} is connected.`);
  const line = page.getByRole('listitem').filter({ hasText: account.login });
  await line.getByRole('button', { name: 'Test now' }).click();
  await sees(page, 'works.');

  await page.goto('/accounts/connect/mastodon/return?code=abc&state=made-up');
  await sees(page, 'This answer does not belong to a connection that you began here');
});

test('an account that was closed over there is told at the next test', { skip: needsBluesky }, async (t) => {
  const { page } = await openSetUpWorld(t);
  const account = await blueskyAccount('cedar');
  await goes(page, 'Accounts');
  await connectBluesky(page, account);
  await sees(page, `${account.handle} is connected.`);
  await account.close();
  const line = page.getByRole('listitem').filter({ hasText: account.handle });
  await line.getByRole('button', { name: 'Test now' }).click();
  await sees(page, 'Cannot post');
});

test('a place without a door for programs is added by hand', async (t) => {
  const { page, axe } = await openSetUpWorld(t);
  await goes(page, 'Accounts');
  await presses(page, 'Add the place');
  await sees(page, 'One thing needs a change.');
  await page.getByLabel('Where').selectOption({ label: 'Facebook' });
  await page.getByLabel('Name of the profile there').fill('Cedar Hollow on Facebook');
  await presses(page, 'Add the place');
  await sees(page, 'Cedar Hollow on Facebook is connected.');
  await axe();
});

test('servers that are not there, speak HTML or live in the house are told apart', async (t) => {
  const server = http.createServer((_, answer) => answer.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const web = `http://localhost:${server.address().port}`;
  const { page } = await openSetUpWorld(t, web);
  await goes(page, 'Accounts');

  for (const [typed, told] of [
    [web, 'There is something at this address, but no server that speaks the Mastodon language.'],
    ['http://127.0.0.1:1', 'Bedside talks to servers over https only.'],
    ['https://127.0.0.1:1', 'Bedside does not call 127.0.0.1, because it is not on the public internet.'],
    ['https://nobody.invalid', 'The server could not be reached. Check its address'],
    ['not a server', /This is not a server.s address/],
  ]) {
    await page.getByRole('form', { name: 'Mastodon' }).getByLabel('Server').fill(typed);
    await presses(page, 'Go on to their sign-in');
    await sees(page, told);
    assert.equal(await page.getByRole('form', { name: 'Mastodon' }).getByLabel('Server').inputValue(), typed);
  }
  for (const [typed, told] of [
    [web, 'A server answers at this address, but it is not a Bluesky (AT Protocol) server.'],
    ['https://nobody.invalid', 'There is no server at this address.'],
  ]) {
    await connectBluesky(page, { server: typed, handle: 'cedar.test', appPassword: 'aaaa-bbbb-cccc-dddd' });
    await sees(page, told);
  }
});

async function openSetUpWorld(t, ...addresses) {
  const world = await openWorld(t, { bedside: { args: allowed(...addresses) } });
  await setUp(world.page, world.setupLink);
  await world.page.goto('/rounds');
  return world;
}
