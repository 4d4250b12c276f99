// A practice without a browser, for tests in which the program is killed or starved under people's hands: forms are
// sent as a browser would, and what stands on the servers is counted.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { promisify } from 'node:util';
import { repository } from './program.mjs';

const run = promisify(execFile);

/** A person without a browser: cookies, forms with the hidden field of the page they stand on. */
export class Visitor {
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

/** Sets the practice up. */
export async function setUp(visitor, link) {
  await visitor.get(link);
  await visitor.post(link, [
    ['name', 'Cedar Hollow Family Medicine'], ['state', 'Oregon'], ['city', 'Maple Falls'], ['phones', '(541) 555-0142'],
    ['time_zone', 'America/Los_Angeles'], ['languages', 'en'], ['owner_name', 'Maria Alvarez'], ['owner_credentials', 'MD'],
    ['owner_signs', 'yes'], ['email', 'maria@cedarhollow.example'], ['password', 'a quiet waiting room'],
  ]);
}

/** Connects the Bluesky account. */
export async function connectBluesky(visitor, bluesky) {
  await visitor.get('/accounts');
  const fields = [['bluesky_handle', bluesky.handle], ['bluesky_password', bluesky.appPassword], ['bluesky_server', bluesky.server]];
  await visitor.post('/accounts/connect/bluesky', fields);
  assert.match(visitor.page, /is connected/);
}

/** Connects the snac account; the person agrees at their own server. */
export async function connectSnac(visitor, snac) {
  await visitor.get('/accounts');
  const away = await visitor.post('/accounts/connect/mastodon', [['mastodon_server', snac.server]]);
  const asked = new URL(away.page.match(/href="([^"]*\/oauth\/authorize[^"]*)"/)[1].replaceAll(/&(amp|#38);/g, '&'));
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
export function soon(minutes) {
  const at = new Date(Math.ceil(Date.now() / 60_000 + minutes) * 60_000);
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/Los_Angeles', dateStyle: 'short', timeStyle: 'short' }).format(at);
  const [day, time] = parts.split(' ');
  return { at, day, time };
}

/** Writes a post for all accounts and asks for a signature. Gives back the answer. */
export async function write(visitor, text, { day, time }) {
  await visitor.get('/compose');
  const accounts = [...visitor.page.matchAll(/name="accounts" value="([^"]+)"/g)].map(([, id]) => ['accounts', id]);
  const fields = [...accounts, ['version', '0'], ['text', text], ['health_content', 'no'], ['day', day], ['time', time], ['do', 'ask']];
  return visitor.post('/compose', fields, multipart);
}

/** Signs everything that waits, and tells how many that were. */
export async function signAll(visitor) {
  await visitor.get('/approval');
  const covers = [...new Set([...visitor.page.matchAll(/name="post" value="([^"]+)"/g)].map(([, value]) => value))];
  await visitor.post('/approval/signatures', covers.map((value) => ['post', value]));
  return covers.length;
}

/** A word of a round of tests on shared servers: letters only, so that nothing looks like a number of somebody. */
export const newRound = () => Array.from(randomBytes(4), (byte) => 'klmnopqrst'[byte % 10]).join('');

/** Words that no other post has: letters only, so that nothing looks like a number of somebody. */
export const marker = (n, round) => `walk${round}${[...String(n)].map((digit) => 'abcdefghij'[digit]).join('')}z`;

/** What stands on a server, counted by a program that shares no code with Bedside. */
export async function count(network, account, markers) {
  const words = [network, '--server', account.server, '--account', account.handle ?? account.login, '--expected', markers];
  const token = network === 'mastodon' ? ['--token', account.token] : [];
  const { stdout } = await run(path.join(repository, 'scripts/count-posts'), [...words, ...token]).catch((error) => error);
  assert.ok(stdout, `${network} could not be counted`);
  return JSON.parse(stdout.split('\n')[0]);
}
