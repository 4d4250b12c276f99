// Characters a second through the guard, beside redact-pii on the same texts.

import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { peerVersion, quotients, rounds, spread, write } from '../rounds.mjs';
import { BEDSIDE, PEERS, run as execute, timed } from '../world.mjs';

const TEXTS = 20_000;
/** Short texts as practices write them; every third holds something that must be found. */
const KINDS = [
  () => 'Flu shots are available now at our clinic. Walk in any weekday between 9 am and 4 pm, no appointment needed. Ask our nurses about the high-dose vaccine for people 65 and over.',
  () => 'High blood pressure often has no symptoms. The goal for most adults is below 130/80 mm Hg. Learn how to measure at home, and bring your log to the next visit. #HeartHealth',
  (n) => `Our patient Denise Kowalski, ${40 + (n % 50)}, lost 40 pounds. Call her at (541) 555-0${100 + (n % 100)} or write to denise${n}@example.com.`,
  () => 'Ticks are active again. Wear long sleeves, use repellent with 20-30% DEET and check your skin after hiking. See us if you find a rash shaped like a bull’s eye.',
  () => 'Sleep matters: teens need 8 to 10 hours, adults at least 7. Keep a regular schedule, and leave screens outside the bedroom. Read more in our health library.',
  (n) => `Thank you for visiting us on March ${1 + (n % 28)}, Mr. Okafor. We are glad your knee surgery went well and hope to see you again.`,
];

export default async function guard({ world, count, before, tell }) {
  const folder = world.folder();
  const [facts, input] = [path.join(folder, 'practice.json'), path.join(folder, 'texts.jsonl')];
  writeFileSync(facts, JSON.stringify({ practice: { name: 'Cedar Hollow Family Medicine', state: 'Oregon', city: 'Maple Falls' } }));
  const texts = Array.from({ length: TEXTS }, (_, n) => ({ id: String(n), text: KINDS[n % KINDS.length](n), context: 'post', lang: 'en' }));
  writeFileSync(input, `${texts.map((text) => JSON.stringify(text)).join('\n')}\n`);
  const characters = texts.reduce((sum, { text }) => sum + text.length, 0);
  const speed = async (command, words) => characters / (await timed(command, words, { input })).cpu / 1e6;

  const figures = await rounds(count, {
    Bedside: () => speed(BEDSIDE, ['guard', '--practice', facts]),
    'redact-pii': () => speed(process.execPath, [path.join(PEERS, 'redact.cjs')]),
  }, tell);
  const { stdout } = await execute(path.join(process.env.BENCH_RELEASE, 'examples', 'speed'));
  write('guard', 'Speed of the guard', before, [
    `${TEXTS} short posts with ${(characters / 1e6).toFixed(2)} million characters through a pipe as JSON lines, all rules on; processor time of the whole process, its start included. ${count} rounds.`,
    `Beside ${peerVersion('redact-pii')} on Node ${process.version} (patterns only). This is speed alone; what is found is measured elsewhere.`,
    '',
    '| | million characters per second of processor: median (range) |',
    '|---|---|',
    ...Object.entries(figures).map(([name, values]) => `| ${name} | ${spread(values)} |`),
    '',
    `**Bedside reads ${spread(quotients(figures.Bedside, figures['redact-pii']))} times as many characters as redact-pii**, round by round.`,
    '',
    'One look at a text of 3,000 characters (`crates/guard/examples/speed.rs`; the first one of a process builds its tables):',
    '',
    '```',
    stdout.trim(),
    '```',
  ]);
}
