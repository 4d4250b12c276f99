// The real servers as a test uses them beside Bedside: accounts made, posts read back, strangers who answer.
// Their addresses come from the environment (scripts/servers/NAME status).

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

const PDS = process.env.BEDSIDE_TEST_PDS;
const APPVIEW = process.env.BEDSIDE_TEST_APPVIEW;
const SNAC = process.env.BEDSIDE_TEST_SNAC;
const SNAC_PEER = process.env.BEDSIDE_TEST_SNAC_PEER;
const SEEN_WITHIN_MS = 150_000; // a post that is due in the next minute, or a message from one server to another
const BETWEEN_LOOKS_MS = 1_000;

export const needsBluesky = !PDS && 'needs Bluesky: scripts/servers/bluesky start';
export const needsSnac = !SNAC && 'needs snac: scripts/servers/snac start';
export const needsBoth = needsBluesky || needsSnac;

/** What Bedside must be allowed so that it talks to servers on this machine. */
export function allowed(...addresses) {
  const hosts = [PDS, APPVIEW, SNAC, SNAC_PEER, ...addresses].filter(Boolean);
  return hosts.flatMap((address) => ['--allow-host', new URL(address).host]);
}

/** Asks until the answer is something, as long as servers need to tell each other. */
export async function eventually(what, look, withinMs = SEEN_WITHIN_MS) {
  const until = Date.now() + withinMs;
  while (Date.now() < until) {
    const answer = await look();
    if (answer) return answer;
    await pause(BETWEEN_LOOKS_MS);
  }
  assert.fail(`not within ${withinMs / 1000} s: ${what}`);
}

/** A fresh account on the Bluesky network with an app password. */
export async function blueskyAccount(name) {
  const handle = `${name}-${randomBytes(4).toString('hex')}.test`;
  const account = { handle, email: `${handle}@example.test`, password: 'a long main password' };
  const { did, accessJwt } = await xrpc('com.atproto.server.createAccount', { body: account });
  const made = await xrpc('com.atproto.server.createAppPassword', { body: { name: 'bedside' }, token: accessJwt });
  const close = () => xrpc('com.atproto.server.deactivateAccount', { body: {}, token: accessJwt });
  return { server: PDS, handle, did, token: accessJwt, appPassword: made.password, close };
}

/** Every post of an account as its own server keeps it, the newest first. */
export async function blueskyPosts({ did }) {
  const { records } = await xrpc('com.atproto.repo.listRecords', {
    query: { repo: did, collection: 'app.bsky.feed.post', limit: 100 },
  });
  return records;
}

/** Somebody answers a post. */
export function blueskyReply(stranger, post, text) {
  const link = { uri: post.uri, cid: post.cid };
  const record = {
    $type: 'app.bsky.feed.post',
    text,
    createdAt: new Date().toISOString(),
    reply: { root: link, parent: link },
  };
  const body = { repo: stranger.did, collection: 'app.bsky.feed.post', record };
  return xrpc('com.atproto.repo.createRecord', { body, token: stranger.token });
}

async function xrpc(method, { body, query, token }) {
  const address = `${PDS}/xrpc/${method}?${new URLSearchParams(query)}`;
  return json(address, { body, token });
}

/** The practice's account on snac, and a token to read it with. */
export async function snacAccount() {
  const login = process.env.BEDSIDE_TEST_SNAC_USER;
  return signedIn(SNAC, login, process.env.BEDSIDE_TEST_SNAC_PASSWORD);
}

/** Somebody on another snac. */
export function snacStranger() {
  return signedIn(SNAC_PEER, process.env.BEDSIDE_TEST_SNAC_PEER_USER, process.env.BEDSIDE_TEST_SNAC_PEER_PASSWORD);
}

async function signedIn(server, login, password) {
  const redirect = 'http://localhost/callback';
  const app = await json(`${server}/api/v1/apps`, {
    body: { client_name: 'browser tests', redirect_uris: redirect, scopes: 'read write' },
  });
  const agreed = await fetch(`${server}/oauth/x-snac-login`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ login, passwd: password, redir: redirect, cid: app.client_id, state: 's' }),
  });
  const code = new URL(agreed.headers.get('location')).searchParams.get('code');
  const { access_token: token } = await json(`${server}/oauth/token`, {
    body: { grant_type: 'authorization_code', code, client_id: app.client_id, client_secret: app.client_secret, redirect_uri: redirect },
  });
  const { id } = await json(`${server}/api/v1/accounts/verify_credentials`, { token });
  return { server, login, password, token, id };
}

/** The newest posts of an account, answers as well. */
export function snacPosts({ server, token, id }) {
  return json(`${server}/api/v1/accounts/${id}/statuses?limit=40`, { token });
}

/** Somebody on another server answers a post: they follow its author and look it up by its address, as a person does. */
export async function snacReply(stranger, address, text) {
  const { server, token } = stranger;
  const { host, pathname } = new URL(address);
  // snac only finds posts of people whom somebody there follows.
  const author = new URLSearchParams({ q: `${pathname.split('/')[1]}@${host}`, resolve: 'true', type: 'accounts' });
  const known = await eventually(`the author of ${address} is known at ${server}`, async () => {
    const { accounts } = await json(`${server}/api/v2/search?${author}`, { token });
    return accounts?.[0];
  });
  await json(`${server}/api/v1/accounts/${known.id}/follow`, { body: {}, token });
  const query = new URLSearchParams({ q: address, resolve: 'true', type: 'statuses' });
  const found = await eventually(`${address} is found at ${server}`, async () => {
    const { statuses } = await json(`${server}/api/v2/search?${query}`, { token });
    return statuses?.[0];
  });
  return json(`${server}/api/v1/statuses`, { body: { status: text, in_reply_to_id: found.id, visibility: 'public' }, token });
}

async function json(address, { body, token }) {
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  if (body) headers['content-type'] = 'application/json';
  const answer = await fetch(address, { method: body ? 'POST' : 'GET', headers, body: body && JSON.stringify(body) });
  const text = await answer.text();
  assert.ok(answer.ok, `${answer.status} from ${address}: ${text.slice(0, 300)}`);
  return text && JSON.parse(text);
}
