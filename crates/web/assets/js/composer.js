// The composer: saves as one types, and renews counters, findings, previews and the reasons beside the main button
// with what the server answers.
// Without this file the Save button does the same.

const QUIET_MS = 700; // the pause after the last key

const form = document.querySelector("#composer");
const text = form.querySelector("#text");
const saved = document.querySelector("[data-saved]");
const ask = form.querySelector("[data-ask]");
const part = (name) => form.querySelector(`[data-part="${name}"]`);

let timer = 0;
let changes = 0;
let saving = null;

/** Everything but the file and the buttons, as an ordinary form. */
function fields() {
  const pairs = [...new FormData(form)].filter(([, value]) => typeof value === "string");
  return new URLSearchParams(pairs);
}

function say(words) {
  if (saved.textContent.trim() !== words) saved.textContent = words;
}

/** A part in which somebody is at work, or has written a reason, stays as it is. */
const inUse = (element) =>
  element.contains(document.activeElement) || [...element.querySelectorAll("input[type=text]")].some((field) => field.value);

function show({ version, saved: words, blocked, parts }) {
  form.elements.version.value = version;
  // Only marked: the server decides on each press, because these reasons may be older than the last key.
  ask?.setAttribute("aria-disabled", blocked);
  if (version > 0) history.replaceState(null, "", form.action);
  say(words);
  for (const [name, html] of Object.entries(parts)) {
    const element = part(name);
    // A signed post has no button, so no reasons either.
    if (element && !inUse(element)) element.innerHTML = html;
  }
}

async function save() {
  clearTimeout(timer);
  const seen = changes;
  try {
    const answer = await fetch(form.dataset.draft, { method: "POST", body: fields(), redirect: "error" });
    const reply = await answer.json();
    if (!answer.ok) {
      say(reply.saved);
    } else if (seen === changes) {
      show(reply);
    } else {
      // Typed on meanwhile: only the version counts, the rest comes with the next answer.
      form.elements.version.value = reply.version;
      plan();
    }
  } catch {
    say("Not saved. Bedside does not answer; your text is still here. Press Save to try again.");
  }
}

/** One at a time: a version is worth one save. */
function start() {
  saving = (saving ?? Promise.resolve()).then(save).finally(() => { saving = null; });
}

function plan() {
  clearTimeout(timer);
  timer = setTimeout(start, QUIET_MS);
}

form.addEventListener("input", (event) => {
  if (event.target.type === "file") return;
  changes += 1;
  // The underlines belong to the old text until the server has answered.
  if (event.target === text) part("mirror").textContent = text.value;
  if (event.target.name?.startsWith("reason_")) return;
  say("Saving …");
  plan();
});

// A save on its way must arrive before the form does, or the form would seem to come from an older page.
form.addEventListener("submit", (event) => {
  clearTimeout(timer);
  if (!saving) return;
  event.preventDefault();
  saving.finally(() => form.requestSubmit(event.submitter));
});

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && changes > 0) start();
});

// A choice of file needs no second press.
form.elements.picture?.addEventListener("change", (event) => {
  if (event.target.files.length > 0) form.requestSubmit(form.querySelector('[name="do"][value="add-picture"]'));
});

// A counter leads to the field for that account; a closed section opens.
form.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  const field = link && form.querySelector(`[id="${link.hash.slice(1)}"]`);
  if (!field) return;
  const section = field.closest("details");
  if (section) section.open = true;
  field.focus();
});
