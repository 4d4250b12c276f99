// Rounds, medians and the file that says what was found.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/**
 * Lets every contestant run once in each round; the order turns round by round, so that none always comes first.
 * `contestants` is a table from name to a function that gives one figure, or a table of figures.
 */
export async function rounds(count, contestants, tell = () => {}) {
  const names = Object.keys(contestants);
  const figures = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < count; round += 1) {
    const turn = names.map((_, n) => names[(n + round) % names.length]);
    for (const name of turn) {
      const figure = await contestants[name](round);
      figures[name].push(figure);
      tell(`round ${round + 1}, ${name}: ${JSON.stringify(figure)}`);
    }
  }
  return figures;
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** `median (least to most)`, three significant digits. */
export function spread(values) {
  return `${short(median(values))} (${short(Math.min(...values))} to ${short(Math.max(...values))})`;
}

/** The quotients round by round: only what ran side by side is compared. */
export function quotients(ours, theirs) {
  return ours.map((figure, round) => figure / theirs[round]);
}

export function short(value) {
  return Number.isInteger(value) && value < 1000 ? String(value) : Number(value.toPrecision(3)).toLocaleString('en');
}

/** A goal and whether the median reached it; the words are the same in every file. */
export function verdict(value, goal, atLeast) {
  const reached = atLeast ? value >= goal : value <= goal;
  return `${atLeast ? 'at least' : 'at most'} ${goal}: ${reached ? 'reached' : '**not reached**'}`;
}

/** Writes `bench/results/<name>.md`. `before` is the load when the measurement began. */
export function write(name, title, before, lines) {
  const folder = path.join(process.env.BENCH_PROJECT, 'bench', 'results');
  mkdirSync(folder, { recursive: true });
  const text = [
    `# ${title}`,
    '',
    `- Command: \`${process.env.BENCH_COMMAND}\``,
    `- Date: ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC, commit ${commit()}`,
    `- Machine: ${machine()}`,
    `- Load average of one minute: ${before.toFixed(1)} before, ${os.loadavg()[0].toFixed(1)} after${busy(before)}`,
    '',
    ...lines,
    '',
  ].join('\n');
  writeFileSync(path.join(folder, `${name}.md`), text);
  process.stdout.write(`${text}\n`);
}

function busy(before) {
  const most = os.cpus().length / 2;
  return before > most ? '. **The machine was busy with other work**: absolute figures say little, ratios a little more' : '';
}

function machine() {
  const memory = (os.totalmem() / 2 ** 30).toFixed(0);
  return `${os.cpus().length} × ${os.cpus()[0].model.trim()}, ${memory} GiB, Linux ${os.release()}`;
}

function commit() {
  const git = (...words) => execFileSync('git', ['-C', process.env.BENCH_PROJECT, ...words], { encoding: 'utf8' }).trim();
  try {
    const dirty = git('status', '--porcelain', '--untracked-files=no', '--', 'crates', 'Cargo.toml', 'Cargo.lock');
    return `${git('rev-parse', '--short', 'HEAD')}${dirty ? ' with changes that are not committed' : ''}`;
  } catch {
    return 'unknown';
  }
}

/** The version of an installed npm package. */
export function peerVersion(name) {
  const file = path.join(process.env.BENCH_PEERS, 'node_modules', name, 'package.json');
  return `${name} ${JSON.parse(readFileSync(file, 'utf8')).version}`;
}
