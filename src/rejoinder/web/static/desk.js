// The desk by keyboard: the same forms, sent without leaving the page, so that nothing moves under an editor's eyes.
// Everything works without it.

const list = document.querySelector(".list[data-queue]");
const side = document.querySelector(".desk:not(.two) .side");
const keys = document.querySelector(".keys");
const reasons = document.getElementById("reasons");
const policy = globalThis.trustedTypes?.createPolicy("rejoinder", { createHTML: (html) => html });
const PATIENCE = 15000; // milliseconds before a decision that got no answer counts as failed
const undone = new Map(); // what stood where a decision is told, to put it back

let current = list?.querySelector(".card.now");
let latest = document.querySelector(".said-done .undo"); // the form that undoes the latest decision

const cards = () => [...list.querySelectorAll(".card")];
const waiting = () => cards().filter((card) => !card.classList.contains("decided"));

function go(card) {
  if (!card) return;
  current?.classList.remove("now");
  current = card;
  card.classList.add("now");
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
  const beside = card.querySelector(".beside");
  side.replaceChildren(...[...beside.childNodes].map((node) => node.cloneNode(true)));
}

function step(by) {
  const all = cards();
  const next = all[all.indexOf(current) + by];
  if (next) go(next);
  else if (by > 0) document.querySelector("[data-act=more]")?.focus();
}

// The next card that waits, below the decided one; else the first that waits at all.
function goOn(from) {
  const below = cards().slice(cards().indexOf(from) + 1);
  go(below.find((card) => !card.classList.contains("decided")) ?? waiting()[0]);
}

// Sending a form and reading the page it is answered with

async function send(form, button) {
  const answer = await fetch(form.action, {
    method: "POST",
    body: new URLSearchParams(new FormData(form, button)),
    signal: AbortSignal.timeout(PATIENCE),
  });
  const html = await answer.text();
  const page = new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, "text/html");
  if (!answer.ok) throw new Refused(page.querySelector(".outcome, .problem")?.textContent);
  return page;
}

class Refused extends Error {}

function showCounts(page) {
  for (const place of [".views .figure", ".rooms .count"]) {
    const figures = [...page.querySelectorAll(place)];
    document.querySelectorAll(place).forEach((each, at) => { if (figures[at]) each.textContent = figures[at].textContent; });
  }
}

function fail(card, problem) {
  card.querySelector(".failed")?.remove();
  const said = document.createElement("p");
  said.className = "failed";
  said.setAttribute("role", "alert");
  said.textContent = (problem instanceof Refused && problem.message) || list.dataset.failed;
  card.append(said);
}

async function decide(form, button) {
  const card = form.closest(".card");
  if (card.classList.contains("busy")) return;
  card.classList.add("busy");
  try {
    const page = await send(form, button);
    const done = page.querySelector(".done");
    if (!done) throw new Refused();
    tell(card, document.importNode(done, true));
    showCounts(page);
    goOn(card);
  } catch (problem) {
    fail(card, problem);
  } finally {
    card.classList.remove("busy");
  }
}

function tell(card, done) {
  const acts = card.querySelector(".acts");
  closeReasons(card);
  card.querySelector(".failed")?.remove();
  acts.replaceWith(done);
  card.classList.add("decided");
  latest = done.querySelector(".undo");
  if (latest) undone.set(latest, { card, done, acts });
}

async function undo(form) {
  const found = undone.get(form);
  if (!found) { form.requestSubmit(); return; } // decided before this page came: the form goes the plain way
  try {
    showCounts(await send(form));
    found.done.replaceWith(found.acts);
    found.card.classList.remove("decided");
    undone.delete(form);
    latest = [...undone.keys()].pop() ?? null;
    go(found.card);
  } catch (problem) {
    fail(found.card, problem);
  }
}

// The reasons, opened in the card

function openReasons(card) {
  if (closeReasons(card)) return;
  const link = card.querySelector("[data-act=reject]");
  if (!link) return;
  const approve = card.querySelector("[data-act=approve]");
  const form = reasons.content.firstElementChild.cloneNode(true);
  const page = new URL(link.href);
  form.action = `${page.pathname}/decide`;
  form.elements.revision.value = card.dataset.revision ?? approve?.elements.revision.value;
  card.append(form);
  form.scrollIntoView({ block: "nearest" });
}

function closeReasons(card) {
  const form = card.querySelector(".reasons");
  form?.remove();
  return Boolean(form);
}

// Keys

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  a: () => current.querySelector("form[data-act=approve]")?.requestSubmit(),
  r: () => openReasons(current),
  o: () => { const link = current.querySelector("[data-act=open]"); if (link) location.assign(link.href); },
  z: () => { if (latest) undo(latest); },
  "?": () => keys.classList.toggle("folded"),
  Escape: () => closeReasons(current),
};

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.matches("input, textarea, select") && event.key !== "Escape") return;
  if (!document.documentElement.classList.contains("with-keys") || !current) return;
  const reason = /^[1-9]$/.test(event.key) && current.querySelector(`.reasons [data-key="${event.key}"]`);
  const act = reason ? () => reason.click() : KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

function onSubmit(event) {
  const { act } = event.target.dataset;
  if (act === "undo" && undone.has(event.target)) {
    event.preventDefault();
    undo(event.target);
  } else if (act === "approve" || act === "because") {
    event.preventDefault();
    decide(event.target, event.submitter);
  }
}

function onClick(event) {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  const card = event.target.closest(".card");
  if (event.target.closest("[data-act=reject]")) {
    event.preventDefault();
    if (card !== current) go(card);
    openReasons(card);
  } else if (card && card !== current && !event.target.closest("a, button, summary, .done")) {
    go(card);
  }
}

// Keys can be switched off: single letters get in the way of some who speak to their computer (WCAG 2.2, 2.1.4).
function switchKeys(on) {
  document.documentElement.classList.toggle("with-keys", on);
  try { localStorage.setItem("rejoinder-desk-keys", on ? "on" : "off"); } catch { /* not allowed: on each time */ }
}

function keysWanted() {
  try { return localStorage.getItem("rejoinder-desk-keys") !== "off"; } catch { return true; }
}

if (list && side) {
  const box = document.getElementById("keys-on");
  keys.hidden = false;
  box.checked = keysWanted();
  switchKeys(box.checked);
  box.addEventListener("change", () => switchKeys(box.checked));
  document.addEventListener("keydown", onKey);
  list.addEventListener("submit", onSubmit);
  list.addEventListener("click", onClick);
}
