// Keys for staff pages. Everything works without this file; it only saves steps.
//
// Single-letter keys never act inside a field or with a modifier, and a person can switch them off on this device
// (WCAG 2.2, success criterion 2.1.4). Steps are what carries `data-step`, the search field has `data-search`.

const OFF = "bedside-keys-off";
const PLACES = { r: "Rounds", w: "Write", c: "Calendar", i: "Inbox" };
const WAIT_AFTER_G_MS = 1500;

const dialog = document.querySelector("#keys");
const choice = document.querySelector("#keys-on");
let placeKeyUntil = 0;

const isOff = () => localStorage.getItem(OFF) !== null;
const writes = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;

function toStep(direction) {
  const steps = [...document.querySelectorAll("[data-step]")];
  const here = steps.findIndex((step) => step.contains(document.activeElement));
  const next = steps[Math.min(Math.max(here + direction, 0), steps.length - 1)];
  if (!next) return;
  next.tabIndex = -1;
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

function toMainAction() {
  const step = document.activeElement.closest("[data-step]") ?? document.querySelector("main");
  // Focus, not a press: a letter must never approve or send anything by itself.
  step.querySelector(".btn-main:not([disabled])")?.focus();
}

function toPlace(key) {
  const label = PLACES[key];
  [...document.querySelectorAll(".nav a")].find((link) => link.textContent.trim().startsWith(label))?.click();
}

const ACTIONS = {
  j: () => toStep(1),
  k: () => toStep(-1),
  a: toMainAction,
  g: (event) => { placeKeyUntil = event.timeStamp + WAIT_AFTER_G_MS; },
  "/": () => document.querySelector("[data-search]")?.focus(),
  "?": () => dialog?.showModal(),
};

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (isOff() || writes(event.target) || dialog?.open) return;
  const key = event.key.toLowerCase();
  if (key in PLACES && event.timeStamp < placeKeyUntil) {
    placeKeyUntil = 0;
    toPlace(key);
  } else if (key in ACTIONS) {
    event.preventDefault();
    ACTIONS[key](event);
  }
});

if (choice) {
  choice.checked = !isOff();
  choice.addEventListener("change", () => {
    if (choice.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "");
  });
}

// "?" opens the list even when letters are off, by the button that layouts may offer.
document.querySelectorAll("[data-keys]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => dialog?.showModal());
});
