// What every page of the desk does for the keyboard: a place for it after an act, the form that an address names opened,
// and single keys, which can be switched off. Everything works without it.

const main = document.getElementById("main");
const keys = document.querySelector(".keys");
const help = document.getElementById("help");
const ACTED = "rejoinder-desk-acted";
const SWITCH = "rejoinder-desk-keys";
const FIELD = "input:not([type=hidden]), select, textarea, button";
const TYPED = "input:not([type=checkbox]), textarea, select";

function kept(store, name, value) {
  try {
    if (value === undefined) return store().getItem(name);
    if (value === null) store().removeItem(name); else store().setItem(name, value);
  } catch { /* not allowed: as if nothing was kept */ }
  return null;
}
const session = () => sessionStorage;
const local = () => localStorage;

function place(element) {
  if (!element.matches(`a, summary, ${FIELD}`) && !element.hasAttribute("tabindex")) element.tabIndex = -1;
  element.focus();
}

// An act is remembered by the part of the page that it was done in.
function remember({ target: form, defaultPrevented }) {
  if (defaultPrevented || form.method !== "post") return;
  kept(session, ACTED, form.closest("[aria-labelledby]")?.getAttribute("aria-labelledby") ?? "");
}

// After it the keyboard is at what the page says, else where the act was done, else at the card that is next.
function land() {
  const from = kept(session, ACTED);
  kept(session, ACTED, null);
  const said = main.querySelector(".problem[role=alert]") ?? (from !== null && main.querySelector(".outcome, .look, [role=status]"));
  if (said) place(said);
  else if (from !== null) place(document.getElementById(from) ?? main.querySelector(".card.now, .empty, h1:not(.unseen)") ?? main);
}

// A form is brought with the keyboard in its first field.
function bring(element) {
  const field = element.matches(FIELD) ? element : element.querySelector(FIELD);
  if (element.matches("section")) { element.scrollIntoView(); place(element.querySelector("form")); return; }
  if (element.matches("details")) element.open = Boolean(field) || !element.open;
  place(field ?? element.querySelector("summary"));
}

// An address that names something here, as a key of a list does; or something that cannot be done.
function seek() {
  const name = location.hash.slice(1);
  if (!name) return;
  const there = document.getElementById(name);
  if (there?.dataset.letter) bring(there);
  else if (!there && main.dataset.cannot) {
    const line = document.createElement("p");
    line.className = "problem";
    line.setAttribute("role", "alert");
    line.textContent = main.dataset.cannot;
    main.querySelector(".above").after(line);
    place(line);
  }
}

function found(key) {
  if (/^[1-9]$/.test(key)) return document.activeElement.closest(".reasons")?.querySelector(`[data-key="${key}"]`);
  if (key === "z") return [...main.querySelectorAll(".undo button")].at(-1);
  return /^[a-z]$/.test(key) ? document.querySelector(`[data-letter~="${key}"]`) : null;
}

// The keys of a page that is no list; a list has its own.
function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat || help.open) return;
  if (event.target.matches(TYPED) || !document.documentElement.classList.contains("with-keys")) return;
  const element = event.key === "?" ? help : found(event.key.toLowerCase());
  if (!element) return;
  event.preventDefault();
  if (element === help) help.showModal();
  else if (element.matches("a, button")) element.click();
  else bring(element);
}

// Keys can be switched off: single letters get in the way of some who speak to their computer (WCAG 2.2, 2.1.4).
function switchKeys(on) {
  document.documentElement.classList.toggle("with-keys", on);
  kept(local, SWITCH, on ? "on" : "off");
}

document.addEventListener("submit", remember);
land();
// The browser takes the keyboard to what an address names when it has loaded; the field is for after that.
if (document.readyState === "complete") seek(); else addEventListener("load", seek);
addEventListener("hashchange", seek);
if (keys) {
  const box = document.getElementById("keys-on");
  keys.hidden = false;
  box.checked = kept(local, SWITCH) !== "off";
  switchKeys(box.checked);
  box.addEventListener("change", () => switchKeys(box.checked));
  keys.querySelector("[data-act=help]").addEventListener("click", () => help.showModal());
  if (!main.dataset.queue) document.addEventListener("keydown", onKey);
}
