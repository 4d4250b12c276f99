// The guard while one types: the same rules as on the server, in the page, so that no text leaves it to be screened.
//
// An editor says what it is: <div class="editor" data-guard="post" data-guard-lang="en" data-guard-list="ID" …> with a
// .mirror behind its text area. What is found is underlined there and listed in the element ID, with a button where the
// guard knows other words. The server looks again at whatever is saved, and it decides; its own list replaces this one.

const QUIET_MS = 150; // the pause after the last key; the server's own answer comes after 700
const DEMANDS = { block: "Cannot go out", warn: "Fix it or say why", note: "A hint" };
// As the server writes them.
const NUMBERS = ["Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"];
const HEADINGS = ["No known problem found", "One thing in this text", ...NUMBERS.map((number) => `${number} things in this text`)];
const TONES = { block: "block", warn: "warn", note: "mute" }; // of the words above a card

const editors = [...document.querySelectorAll(".editor[data-guard]")];
const { guardModule, guardWasm, guardProfile } = editors[0]?.dataset ?? {};

async function load() {
  const [{ load: open }, profile] = await Promise.all([
    import(guardModule),
    fetch(guardProfile, { redirect: "error" }).then((answer) => answer.json()),
  ]);
  const guard = await open(fetch(guardWasm));
  guard.prepare(profile);
  return guard;
}

/** An element with text and children. */
function make(name, className, ...inside) {
  const element = document.createElement(name);
  element.className = className;
  element.append(...inside);
  return element;
}

/** What a button for other words says, as the server says it: all that they replace when it is more than the finding. */
function named(words, replaced, span) {
  const capital = words.length === 1 && replaced.toLowerCase().endsWith(words.toLowerCase());
  const taken = (capital ? replaced.slice(0, -1) : replaced).replace(/^[,:() -]+|[,:() -]+$/g, "");
  if (words === "" || capital) return [`Leave out “${taken}”`, hidden(` (${span})`)];
  return replaced === span ? [`Use “${words}”`, hidden(` (${span})`)] : [`Use “${words}” for “${replaced}”`, hidden(` (${span})`)];
}

const hidden = (words) => make("span", "vh", words);

class Editor {
  #element;
  #text;
  #mirror;
  #list;
  #status;
  #timer = 0;
  #said = "";

  constructor(element) {
    this.#element = element;
    this.#text = element.querySelector("textarea");
    this.#mirror = element.querySelector(".mirror");
    this.#list = document.getElementById(element.dataset.guardList);
    this.#status = make("p", "vh");
    this.#status.setAttribute("role", "status");
    element.after(this.#status);
  }

  watch(guard) {
    this.#lend(guard);
    this.#text.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#look(guard), QUIET_MS);
    });
  }

  #found(guard) {
    const { guard: context, guardLang: lang, guardAnswers: inReplyTo = null } = this.#element.dataset;
    return guard.advise(this.#text.value, { context, lang, inReplyTo });
  }

  #look(guard) {
    const text = this.#text.value;
    const kept = new Set([...this.#list.querySelectorAll("[data-kept]")].map((card) => card.dataset.kept));
    // A source that is attached to the post answers what asks for one.
    const sourced = this.#element.closest("form").querySelector('[name="source_id"]') !== null;
    const findings = this.#found(guard).filter(({ category, span }) => (
      !kept.has(`${category} ${span}`) && !(sourced && category === "no_source")));
    this.#underline(text, findings);
    this.#write(findings);
    this.#speak(findings);
  }

  #underline(text, findings) {
    const parts = [];
    let done = 0;
    for (const { start, end, severity } of findings) {
      if (start < done) continue; // two rules at one place: the first one's line is enough
      parts.push(text.slice(done, start), make("mark", `find is-${severity}`, text.slice(start, end)));
      done = end;
    }
    this.#mirror.replaceChildren(...parts, text.slice(done));
  }

  /** Cards for this text; what the server found elsewhere, and what somebody is writing in, stays. */
  #write(findings) {
    if (this.#list.contains(document.activeElement)) return;
    this.#list.querySelectorAll("[data-live], [data-in-text]").forEach((card) => card.remove());
    const heading = this.#list.querySelector("h2");
    const cards = this.#cards(findings);
    if (!heading) return this.#list.replaceChildren(...cards);
    heading.after(...cards);
    const count = this.#list.querySelectorAll(".finding:not([data-kept])").length;
    heading.textContent = HEADINGS[count] ?? `${count} things in this text`;
  }

  /** One card for the same words, however often they stand in the text; its button mends the first. */
  #cards(findings) {
    const groups = new Map();
    for (const finding of findings) {
      const key = `${finding.category} ${finding.span}`;
      groups.set(key, [...(groups.get(key) ?? []), finding]);
    }
    return [...groups.values()].map((same) => this.#card(same[0], same.length));
  }

  #card(finding, times) {
    const { severity, span, message, suggestion, replacement } = finding;
    const card = make(
      "div",
      `finding is-${severity}`,
      make("p", "row", make("span", `st st-${TONES[severity]}`, DEMANDS[severity])),
      make("p", "said", times > 1 ? `${span} (${times} times)` : span),
      make("p", "", message),
      make("p", "why", suggestion),
    );
    card.dataset.live = "";
    if (replacement !== undefined) card.append(this.#remedy(finding));
    return card;
  }

  /** A row with the button that puts a finding's other words in place. */
  #remedy({ span, replacement, replace_start: from, replace_end: to }) {
    const replaced = this.#text.value.slice(from, to);
    const button = make("button", "btn", ...named(replacement, replaced, span));
    button.type = "button";
    button.addEventListener("click", () => this.#put(replacement, from, to, replaced));
    return make("div", "row", button);
  }

  /** Gives the server's cards that name their finding the same button. */
  #lend(guard) {
    const cards = [...this.#list.querySelectorAll("[data-finding]")];
    if (cards.length === 0) return;
    const findings = this.#found(guard);
    for (const card of cards) {
      const finding = findings.find(({ category, span }) => card.dataset.finding === `${category} ${span}`);
      if (finding?.replacement !== undefined) card.append(this.#remedy(finding));
    }
  }

  /** Puts other words in place, as if typed, so that the browser's Undo takes them back. */
  #put(words, start, end, replaced) {
    if (this.#text.value.slice(start, end) !== replaced) return; // typed on meanwhile: the next look says it anew
    this.#text.focus();
    this.#text.setSelectionRange(start, end);
    if (!document.execCommand(words ? "insertText" : "delete", false, words)) {
      this.#text.setRangeText(words, start, end, "end");
      this.#text.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  /** Says how it stands when that changes, politely. */
  #speak(findings) {
    const count = (severity) => findings.filter((finding) => finding.severity === severity).length;
    const [blocks, warns] = [count("block"), count("warn")];
    const words = blocks + warns === 0 ? "No known problem found in this text." : `${blocks} cannot go out, ${warns} to fix or explain.`;
    if (words !== this.#said && (this.#said || blocks + warns > 0)) this.#status.textContent = words;
    this.#said = words;
  }
}

// Without WebAssembly, or when it does not load, the server's answer appears when the text is saved.
if (editors.length > 0 && "WebAssembly" in window) {
  load().then((guard) => editors.forEach((element) => new Editor(element).watch(guard)), () => {});
}
