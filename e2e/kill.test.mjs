// Bedside is killed (SIGKILL) again and again while a signed month falls due on three places, and started again.
// Nothing may be lost and nothing may stand twice. Counted on the real servers by scripts/count-posts, which shares
// no code with Bedside and shows by its own self-test that it finds doubles and losses.
//
// BEDSIDE_KILLS sets how often it is killed (default 30, which is what CI does).

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { allowed, blueskyAccount, eventually, needsBoth, snacAccount } from './networks.mjs';
import { freePort, startBedside } from './program.mjs';
import { Visitor, connectBluesky, connectSnac, count, marker, newRound, setUp, signAll, soon, write } from './visitor.mjs';

const KILLS = Number(process.env.BEDSIDE_KILLS ?? 30);
const POSTS = Math.min(240, Math.max(20, KILLS * 2)); // snac shows the newest 255 of an account
const LONGEST_LIFE_MS = 900; // a life ends at a random moment within this time

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
  await connectBluesky(maria, bluesky);
  await connectSnac(maria, snac);
  const round = newRound();
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
