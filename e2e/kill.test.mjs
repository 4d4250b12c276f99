// Bedside is killed (SIGKILL) again and again while a signed month falls due on three places, and started again.
// Nothing may be lost and nothing may stand twice. Counted on the real servers by scripts/count-posts, which shares
// no code with Bedside and shows by its own self-test that it finds doubles and losses.
//
// BEDSIDE_KILLS sets how often it is killed (default 30, which is what CI does).

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { allowed, blueskyAccount, eventually, needsBoth, snacAccount } from './networks.mjs';
import { freePort, repository, startBedside } from './program.mjs';

const KILLS = Number(process.env.BEDSIDE_KILLS ?? 30);
const POSTS = Math.max(20, KILLS * 2);
const LONGEST_LIFE_MS = 900; // a life ends at a random moment within this time
const run = promisify(execFile);

/** A person without a browser: cookies, forms with the hidden field of the page they stand on. */
class Visitor {
  constructor(url) {
    this.url = url;
    this.cookies = new Map();
    this.page = '';
  }

  async get(address) {
    return this.#send(address, {});
  }

  async post(address, fields, encode = (form) => new URLSearchParams(form)) {
    const csrf = this.page.match(/name="csrf" value="([0-9a-f]+)"/)?.[1] ?? '';
    return this.#send(address, { method: 'POST', body: encode([['csrf', csrf], ...fields]) });
  }

  async #send(address, request) {
    const cookie = [...this.cookies].map((pair) => pair.join('=')).join('; ');
    const headers = { cookie, 'sec-fetch-site': 'same-origin', origin: this.url };
    const answer = await fetch(new URL(address, this.url), { ...request, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) this.cookies.set(...line.split(';')[0].split('='));
    const to = answer.headers.get('location');
    if (answer.status >= 300 && answer.status < 400 && to && new URL(to, this.url).origin === this.url) return this.get(to);
    this.page = await answer.text();
    return { status: answer.status, to, page: this.page };
  }
}

const multipart = (fields) => {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return form;
};

async function setUp(visitor, link) {
  await visitor.get(link);
  await visitor.post(link, [
    ['name', 'Cedar Hollow Family Medicine'], ['state', 'Oregon'], ['city', 'Maple Falls'], ['phones', '(541) 555-0142'],
    ['time_zone', 'America/Los_Angeles'], ['languages', 'en'], ['owner_name', 'Maria Alvarez'], ['owner_credentials', 'MD'],
    ['owner_signs', 'yes'], ['email', 'maria@cedarhollow.example'], ['password', 'a quiet waiting room'],
  ]);
}

async function connect(visitor, bluesky, snac) {
  await visitor.get('/accounts');
  const fields = [['bluesky_handle', bluesky.handle], ['bluesky_password', bluesky.appPassword], ['bluesky_server', bluesky.server]];
  await visitor.post('/accounts/connect/bluesky', fields);
  assert.match(visitor.page, /is connected/);
  const away = await visitor.post('/accounts/connect/mastodon', [['mastodon_server', snac.server]]);
  const asked = new URL(away.to);
  const agreed = await fetch(`${snac.server}/oauth/x-snac-login`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({
      login: snac.login, passwd: snac.password, redir: asked.searchParams.get('redirect_uri'),
      cid: asked.searchParams.get('client_id'), state: asked.searchParams.get('state'),
    }),
  });
  const back = new URL(agreed.headers.get('location'));
  await visitor.get(back.pathname + back.search);
  assert.match(visitor.page, /is connected/);
}

/** The practice's clock a little ahead, as the two fields of a form. */
function soon(minutes) {
  const at = new Date(Math.ceil(Date.now() / 60_000 + minutes) * 60_000);
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/Los_Angeles', dateStyle: 'short', timeStyle: 'short' }).format(at);
  const [day, time] = parts.split(' ');
  return { at, day, time };
}

async function write(visitor, text, { day, time }) {
  await visitor.get('/compose');
  const accounts = [...visitor.page.matchAll(/name="accounts" value="([^"]+)"/g)].map(([, id]) => ['accounts', id]);
  const fields = [...accounts, ['version', '0'], ['text', text], ['health_content', 'no'], ['day', day], ['time', time], ['do', 'ask']];
  await visitor.post('/compose', fields, multipart);
}

async function signAll(visitor) {
  await visitor.get('/approval');
  const covers = [...new Set([...visitor.page.matchAll(/name="post" value="([^"]+)"/g)].map(([, value]) => value))];
  await visitor.post('/approval/signatures', covers.map((value) => ['post', value]));
  return covers.length;
}

/** Words that no other post has: letters only, so that nothing looks like a number of somebody. */
const marker = (n, round) => `walk${round}${[...String(n)].map((digit) => 'abcdefghij'[digit]).join('')}z`;

async function count(network, account, markers) {
  const words = [network, '--server', account.server, '--account', account.handle ?? account.login, '--expected', markers];
  const token = network === 'mastodon' ? ['--token', account.token] : [];
  const { stdout } = await run(path.join(repository, 'scripts/count-posts'), [...words, ...token]).catch((error) => error);
  assert.ok(stdout, `${network} could not be counted`);
  return JSON.parse(stdout.split('\n')[0]);
}

test(`killed ${KILLS} times, nothing is lost and nothing is doubled`, { skip: needsBoth, timeout: 40 * 60_000 }, async (t) => {
  const data = await mkdtemp(path.join(tmpdir(), 'bedside-kill-'));
  t.after(() => rm(data, { recursive: true, force: true }));
  const port = await freePort();
  const [bluesky, snac] = [await blueskyAccount('kill'), await snacAccount()];
  const start = () => startBedside({ data, port, args: allowed() });

  let bedside = await start();
  t.after(() => bedside.kill());
  const link = await eventually('the set-up link', () => bedside.setupLink());
  const maria = new Visitor(bedside.url);
  await setUp(maria, link);
  await connect(maria, bluesky, snac);
  const round = [...Math.random().toString(36).slice(2, 6)].map((letter) => 'abcdefghijklmnopqrstuvwxyz0123456789'.indexOf(letter) % 10).map((n) => 'klmnopqrst'[n]).join('');
  const due = soon(1 + POSTS / 100);
  for (let n = 0; n < POSTS; n += 1) await write(maria, `Ten easy minutes outside today. ${marker(n, round)}`, due);
  assert.equal(await signAll(maria), POSTS, maria.page.slice(0, 4000));

  await pause(Math.max(0, due.at - Date.now() - 500));
  for (let kill = 0; kill < KILLS; kill += 1) {
    await pause(Math.random() * LONGEST_LIFE_MS);
    await bedside.kill();
    bedside = await start();
  }

  const markers = path.join(data, 'markers.txt');
  await writeFile(markers, `${Array.from({ length: POSTS }, (_, n) => marker(n, round)).join('\n')}\n`);
  const settled = await eventually('every post is out', async () => {
    const counts = [await count('bluesky', bluesky, markers), await count('mastodon', snac, markers)];
    return counts.every(({ lost }) => lost.length === 0) && counts;
  }, 10 * 60_000);
  // What is to be doubled would be by the next look of a worker that doubts: a look is at most minutes away.
  await pause(20_000);
  const counts = [await count('bluesky', bluesky, markers), await count('mastodon', snac, markers)];
  t.diagnostic(`${KILLS} kills, ${POSTS} posts on two servers: ${counts.map(({ lost, doubled }) => `${lost.length} lost, ${Object.keys(doubled).length} doubled`).join('; ')}`);
  assert.ok(settled);
  for (const { lost, doubled } of counts) assert.deepEqual({ lost, doubled }, { lost: [], doubled: {} });
});
