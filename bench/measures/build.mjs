// A clean release build, as a newcomer makes it: wall and processor time, and the size of the program.

import { statSync } from 'node:fs';
import path from 'node:path';

import { verdict, write } from '../rounds.mjs';
import { timed } from '../world.mjs';

/** Minutes on two cores. */
const MINUTES = 15;
/** MB. */
const SIZE = 60;

export default async function build({ world, before, tell }) {
  const target = world.folder();
  tell('a clean build takes some minutes');
  const manifest = path.join(process.env.BENCH_PROJECT, 'Cargo.toml');
  const { wall, cpu } = await timed('cargo', ['build', '--quiet', '--release', '--package', 'bedside', '--manifest-path', manifest], { env: { CARGO_TARGET_DIR: target } });
  const size = statSync(path.join(target, 'release', 'bedside')).size / 1e6;
  write('build', 'Clean release build', before, [
    '`cargo build --release` into an empty folder, crates already downloaded. Once.',
    '',
    `| wall, minutes | processor, minutes | program, MB |`,
    '|---|---|---|',
    `| ${(wall / 60).toFixed(1)} | ${(cpu / 60).toFixed(1)} | ${size.toFixed(1)} |`,
    '',
    `- Goal for the build, minutes, ${verdict(wall / 60, MINUTES, false)}`,
    `- Goal for the program, MB, ${verdict(size, SIZE, false)}`,
  ]);
}
