// redact-pii as a contestant of bench/measures/guard.mjs: reads posts and labelled texts, prints how it went.
// Where it found something is taken from what it leaves standing: it says no places itself.

const { readFileSync } = require('node:fs');
const { SyncRedactor } = require('redact-pii');

const MARKS = /PERSON_NAME|CREDIT_CARD_NUMBER|STREET_ADDRESS|ZIPCODE|PHONE_NUMBER|IP_ADDRESS|US_SOCIAL_SECURITY_NUMBER|EMAIL_ADDRESS|USERNAME|PASSWORD|CREDENTIALS|DIGITS|URL/;
/** Posts that are read before the clock starts. */
const WARM_UP = 200;

const redactor = new SyncRedactor();
const lines = (file) => readFileSync(file, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line));
const characters = (text) => [...text].length;

const [posts, labelled] = process.argv.slice(2, 4).map(lines);
for (const { text } of posts.slice(0, WARM_UP)) redactor.redact(text);
const before = process.cpuUsage();
const redacted = posts.map(({ text }) => redactor.redact(text));
const used = process.cpuUsage(before);

process.stdout.write(JSON.stringify({
  characters: posts.reduce((sum, { text }) => sum + characters(text), 0),
  seconds: (used.user + used.system) / 1e6,
  flagged: posts.filter(({ text }, n) => redacted[n] !== text).map(({ id }) => id),
  labelled: Object.fromEntries(labelled.map(({ id, text }) => [id, places(text, redactor.redact(text))])),
}));

/** What lies between two pieces that were left standing was found. */
function places(text, left) {
  const found = [];
  let end = 0;
  const pieces = left.split(MARKS);
  for (const [n, piece] of pieces.entries()) {
    const last = n === pieces.length - 1;
    const start = last ? text.length - piece.length : text.indexOf(piece, end);
    if (n > 0 && start > end) found.push([characters(text.slice(0, end)), characters(text.slice(0, start))]);
    if (start >= 0) end = start + piece.length;
  }
  return found;
}
