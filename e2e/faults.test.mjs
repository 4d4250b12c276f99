// What goes wrong below Bedside: an old backup put back, a full disk, a file that somebody else holds, an operator who
// stops it in the middle. Nothing may be sent twice, nothing may be sent that could not be written down, nothing
// may be lost, and people get a sentence. What stands on the server is counted by scripts/count-posts.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { allowed, blueskyAccount, eventually, needsBluesky } from './networks.mjs';
import { freePort, repository, startBedside } from './program.mjs';
import { Visitor, connectBluesky, count, marker, newRound, setUp, signAll, soon, write } from './visitor.mjs';

const run = promisify(execFile);
const bedsideBin = process.env.BEDSIDE_BIN ?? path.join(repository, 'target/release/bedside');
const HOUR = 3_600_000_000; // the database counts microseconds

/** A folder that goes with the test. */
async function folder(t) {
  const made = await mkdtemp(path.join(tmpdir(), 'bedside-faults-'));
  t.after(() => rm(made, { recursive: true, force: true, maxRetries: 5 }));
  return made;
}

/** Bedside on `data`, with Maria at her desk. */
async function practice(t, data, more = {}) {
  const bedside = await startBedside({ data, args: allowed(), ...more });
  t.after(() => bedside.kill());
  const maria = new Visitor(bedside.url);
  await setUp(maria, await eventually('the set-up link', () => bedside.setupLink()));
  return { bedside, maria };
}

/** Looks into the database file beside the program. */
function inDatabase(data, work) {
  const database = new DatabaseSync(path.join(data, 'bedside.db'));
  try {
    database.exec('PRAGMA busy_timeout = 5000');
    return work(database);
  } finally {
    database.close();
  }
}

/** The states of all deliveries to Bluesky by the word that only their post has. */
function states(data, words) {
  return inDatabase(data, (database) => {
    const find = database.prepare(
      "SELECT d.state FROM deliveries d JOIN posts p ON p.practice_id = d.practice_id AND p.id = d.post_id WHERE d.network = 'bluesky' AND p.text LIKE ?",
    );
    return words.map((word) => find.get(`%${word}%`)?.state);
  });
}

async function markersFile(t, words) {
  const file = path.join(await folder(t), 'markers.txt');
  await writeFile(file, `${words.join('\n')}\n`);
  return file;
}

const tomorrow = () => soon(24 * 60);
const isHealthy = async (url) => (await fetch(`${url}/healthz`).catch(() => undefined))?.status === 200;
const sentence = (page) => page.match(/<main[^>]*>([\s\S]*)<\/main>/)?.[1].replaceAll(/<[^>]+>/g, ' ') ?? page;

test('a backup of yesterday sends nothing again and asks about what was missed', { skip: needsBluesky, timeout: 12 * 60_000 }, async (t) => {
  const [data, shelf, round, bluesky] = [await folder(t), await folder(t), newRound(), await blueskyAccount('backup')];
  const { bedside, maria } = await practice(t, data);
  await connectBluesky(maria, bluesky);
  const [sent, missed, late] = [[0, 1, 2, 3].map((n) => marker(n, round)), marker(10, round), marker(11, round)];
  for (const word of sent) await write(maria, `A short walk before supper. ${word}`, soon(0.5));
  for (const word of [missed, late]) await write(maria, `Water before coffee. ${word}`, tomorrow());
  assert.equal(await signAll(maria), 6);

  const backup = path.join(shelf, 'yesterday');
  await run(bedsideBin, ['backup', backup, '--data', data]); // while it serves
  assert.deepEqual(states(backup, sent), sent.map(() => 'waiting'), 'the backup is older than the posts');
  const markers = await markersFile(t, [...sent, missed, late]);
  await eventually('the posts are out', async () => (await count('bluesky', bluesky, markers)).lost.length === 2);
  await bedside.stop();
  await rm(data, { recursive: true });

  // The backup is a day old; one post fell due long ago while nobody worked, another one a few minutes ago.
  inDatabase(backup, (database) => {
    const now = Date.now() * 1000;
    const move = database.prepare('UPDATE deliveries SET due_at = ?, window_ends_at = ?, next_try_at = ? WHERE post_id IN (SELECT id FROM posts WHERE text LIKE ?)');
    for (const [word, due] of [[missed, now - 7 * HOUR], [late, now - HOUR / 12]]) move.run(due, due + 6 * HOUR, due, `%${word}%`);
    database.prepare('UPDATE heartbeats SET beat_at = beat_at - ?').run(24 * HOUR);
  });
  const restore = (to) => run(bedsideBin, ['restore', backup, '--data', to]);
  const byHand = async (to) => {
    await mkdir(to);
    for (const file of ['bedside.db', 'secret.key']) await copyFile(path.join(backup, file), path.join(to, file));
  };
  for (const [how, put] of [['restored', restore], ['copied by hand', byHand]]) {
    const again = path.join(shelf, how);
    await put(again);
    const second = await startBedside({ data: again, args: allowed() });
    t.after(() => second.kill());
    const wanted = [...sent.map(() => 'published'), 'missed', 'published'];
    await eventually(`everything is settled (${how})`, () => `${states(again, [...sent, missed, late])}` === `${wanted}`, 4 * 60_000);
    const visitor = new Visitor(second.url);
    await visitor.get('/sign-in');
    await visitor.post('/sign-in', [['email', 'maria@cedarhollow.example'], ['password', 'a quiet waiting room']]);
    await visitor.get('/rounds');
    assert.match(visitor.page, /Decide about a post that was missed on Bluesky/, how);
    await second.stop();
    const { lost, doubled, posts } = await count('bluesky', bluesky, markers);
    assert.deepEqual({ lost, doubled, posts }, { lost: [missed], doubled: {}, posts: 5 }, how);
  }
});

test('a full disk: a sentence for people, red health, nothing sent that could not be written, and it goes on', { skip: needsBluesky, timeout: 6 * 60_000 }, async (t) => {
  const disk = await mkdtemp(path.join(tmpdir(), 'bedside-disk-'));
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', disk]).then(() => true, () => false);
  t.after(async () => {
    if (mounted) await run('umount', ['--lazy', disk]);
    await rm(disk, { recursive: true });
  });
  if (!mounted) return t.skip('needs the right to mount a small disk');
  const [data, round, bluesky] = [path.join(disk, 'data'), newRound(), await blueskyAccount('disk')];
  const { bedside, maria } = await practice(t, data);
  await connectBluesky(maria, bluesky);
  const words = [0, 1, 2].map((n) => marker(n, round));
  const markers = await markersFile(t, words);
  const due = soon(1);
  for (const word of words) await write(maria, `Stairs count. ${word}`, due);
  assert.equal(await signAll(maria), 3);

  const filler = path.join(disk, 'filler');
  await fill(filler);
  const typed = `What I typed stays mine. ${marker(9, round)}`;
  let answer;
  for (let n = 0; n < 200 && answer?.status !== 503; n += 1) answer = await write(maria, `${typed} ${'and more words '.repeat(60)}`, tomorrow());
  assert.equal(answer.status, 503);
  assert.match(sentence(answer.page), /disk of the server is full/);
  await eventually('health turns red', async () => !(await isHealthy(bedside.url)), 30_000);
  assert.equal((await maria.get('/rounds')).status, 200, 'people can still read');

  await pause(Math.max(0, due.at - Date.now() + 10_000));
  assert.equal((await count('bluesky', bluesky, markers)).posts, 0, 'nothing went out that could not be written down');

  await rm(filler);
  await eventually('health is green again', () => isHealthy(bedside.url), 15_000);
  await eventually('the posts went out', async () => (await count('bluesky', bluesky, markers)).lost.length === 0, 90_000);
  assert.ok((await write(maria, typed, tomorrow())).status < 400, 'the same words are taken now');
  await bedside.stop();
  const { lost, doubled } = await count('bluesky', bluesky, markers);
  assert.deepEqual({ lost, doubled }, { lost: [], doubled: {} });
  assert.equal(inDatabase(data, (database) => database.prepare('PRAGMA integrity_check').get().integrity_check), 'ok');
});

/** Writes until nothing more fits. */
async function fill(file) {
  const handle = await open(file, 'a');
  try {
    for (let piece = 65_536; piece >= 512; piece /= 2) {
      for (let fits = true; fits; ) fits = await handle.write(Buffer.alloc(piece)).then(({ bytesWritten }) => bytesWritten === piece, () => false);
    }
  } finally {
    await handle.close();
  }
}

test('somebody else holds the database: people wait, or get a sentence; nothing is lost', { timeout: 3 * 60_000 }, async (t) => {
  const [data, round] = [await folder(t), newRound()];
  const { bedside, maria } = await practice(t, data);
  const holder = new DatabaseSync(path.join(data, 'bedside.db'));
  t.after(() => holder.close());
  const saved = (word) => holder.prepare('SELECT count(*) AS n FROM posts WHERE text LIKE ?').get(`%${word}%`).n;

  const [patient, refused] = [marker(1, round), marker(2, round)];
  await maria.get('/compose');
  holder.exec('BEGIN EXCLUSIVE');
  const waiting = write(maria, `A few seconds. ${patient}`, tomorrow());
  await pause(4_000);
  holder.exec('COMMIT');
  assert.ok((await waiting).status < 400);
  assert.equal(saved(patient), 1);

  holder.exec('BEGIN EXCLUSIVE');
  const answer = await write(maria, `Longer than anybody waits. ${refused}`, tomorrow());
  assert.equal(answer.status, 503);
  assert.match(sentence(answer.page), /busy with something else|Too much is going on/);
  assert.equal(await isHealthy(bedside.url), false);
  holder.exec('COMMIT');
  await eventually('health is green again', () => isHealthy(bedside.url), 30_000);
  assert.equal(saved(refused), 0);
  assert.ok((await write(maria, `Longer than anybody waits. ${refused}`, tomorrow())).status < 400);
  assert.equal(saved(refused), 1);
});

test('stopped while posts go out, it ends what is under way and sends the rest later', { skip: needsBluesky, timeout: 6 * 60_000 }, async (t) => {
  const [data, round, bluesky, port] = [await folder(t), newRound(), await blueskyAccount('stop'), await freePort()];
  const { bedside, maria } = await practice(t, data, { port });
  await connectBluesky(maria, bluesky);
  const words = Array.from({ length: 80 }, (_, n) => marker(n, round));
  const markers = await markersFile(t, words);
  const due = soon(0.6);
  for (const word of words) await write(maria, `Sleep is a habit too. ${word}`, due);
  assert.equal(await signAll(maria), words.length);
  await pause(Math.max(0, due.at - Date.now()));
  while (states(data, words).every((state) => state === 'waiting')) await pause(5); // the first are under way
  await bedside.stop();
  assert.equal(await bedside.ended, 'ended with 0');
  const left = states(data, words);
  t.diagnostic(`stopped with ${left.filter((state) => state === 'published').length} of ${words.length} out`);
  assert.deepEqual(left.filter((state) => state !== 'published' && state !== 'waiting'), [], 'nothing is in doubt after a graceful stop');

  const second = await startBedside({ data, port, args: allowed() });
  t.after(() => second.kill());
  await eventually('all are out', async () => (await count('bluesky', bluesky, markers)).lost.length === 0);
  await second.stop();
  const { lost, doubled } = await count('bluesky', bluesky, markers);
  assert.deepEqual({ lost, doubled }, { lost: [], doubled: {} });
  assert.deepEqual(states(data, words), words.map(() => 'published'));
});
