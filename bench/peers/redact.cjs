// redact-pii over JSON lines {id, text} on standard input.
const { SyncRedactor } = require('redact-pii');
const redactor = new SyncRedactor();
for (const line of require('fs').readFileSync(0, 'utf8').split('\n')) {
  if (line) process.stdout.write(`${JSON.stringify({ text: redactor.redact(JSON.parse(line).text) })}\n`);
}
