// The desk by keyboard: the same forms, sent while the editor reads on, so that nothing waits and nothing moves. What
// fails is told on its card. Everything works without it.

const list = document.querySelector(".list[data-queue]");
const side = document.querySelector(".desk:not(.two) .side");
const help = document.getElementById("help");
const reasons = document.getElementById("reasons");
const batch = document.getElementById("batch");
const policy = globalThis.trustedTypes?.createPolicy("rejoinder", { createHTML: (html) => html });
const PATIENCE = 15000; // milliseconds before a decision that got no answer counts as failed
const AHEAD = 12; // cards that wait below the one being read, before more are fetched
const KEPT = 60; // decided cards that stay above; what was decided before them is in the log
const SETTLED = 800; // milliseconds without a decision before the counts are asked for
const fetching = new Set(); // addresses of cards under way
const taken = []; // decisions that can be taken back, the latest last

let current = list?.querySelector(".card.now");
let bringing = Promise.resolve();
let counting;

const idle = () => new Promise((on) => {
  if (globalThis.requestIdleCallback) requestIdleCallback(on, { timeout: 200 }); else setTimeout(on);
});
const cards = () => [...list.querySelectorAll(".card")];
const stops = () => [...list.querySelectorAll(".card, .plain-case")]; // also what is about no comment
const isDecided = (card) => card.classList.contains("decided");
const chosen = () => cards().filter((card) => !isDecided(card) && card.querySelector(".pick input")?.checked);

function go(card) {
  if (!card) return;
  current?.classList.remove("now");
  current = card;
  card.classList.add("now");
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
  const beside = card.querySelector(".beside");
  side.replaceChildren(...[...(beside?.childNodes ?? [])].map((node) => node.cloneNode(true)));
  if (beside) list.dispatchEvent(new CustomEvent("reading", { detail: card }));
  keepAhead();
}

// A change above the card that is read, without the card moving.
function still(change) {
  const stood = current?.getBoundingClientRect().top;
  const found = change();
  if (current) scrollBy(0, current.getBoundingClientRect().top - stood);
  return found;
}

function step(by) {
  const all = stops();
  const next = all[all.indexOf(current) + by];
  if (next) go(next);
  else if (by > 0) document.querySelector("[data-act=more], .arrived:not([hidden]) button")?.focus();
}

// The next card that waits, below the decided one; else the first that waits at all; else the decided one, so that the
// keyboard is not lost with the button that was pressed.
function goOn(from) {
  const all = cards();
  const waits = (card) => !isDecided(card) && !card.classList.contains("elsewhere");
  go(all.slice(all.indexOf(from) + 1).find(waits) ?? all.find(waits) ?? from);
}

// Sending a form and reading the page it is answered with

class Refused extends Error {
  constructor(page) {
    super(page?.querySelector(".problem, .outcome")?.textContent.trim() ?? "");
    this.page = page;
  }
}

async function ask(address, body) {
  const answer = await fetch(address, { method: body ? "POST" : "GET", body, signal: AbortSignal.timeout(PATIENCE) });
  const html = await answer.text();
  const page = new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, "text/html");
  if (!answer.ok) throw new Refused(page);
  return page;
}

function fields(form, button) {
  const found = new URLSearchParams(new FormData(form, button));
  found.set("brief", "1");
  return found;
}

// The figures beside the queues, once nothing is being decided.
function countSoon() {
  clearTimeout(counting);
  counting = setTimeout(async () => {
    try {
      const page = await ask(location.pathname + location.search);
      for (const place of [".views .figure", ".rooms .count"]) {
        const figures = [...page.querySelectorAll(place)];
        document.querySelectorAll(place).forEach((each, at) => { if (figures[at]) each.textContent = figures[at].textContent; });
      }
    } catch { /* the next decision asks again */ }
  }, SETTLED);
}

// Deciding

async function decide(form, button) {
  const card = form.closest(".card");
  if (isDecided(card)) return;
  const body = fields(form, button);
  closeReasons(card);
  const entry = { cards: [card], address: null };
  entry.answered = ask(form.action, body).then((page) => {
    const done = page.querySelector(".done");
    if (!done) throw new Refused(page);
    entry.address = still(() => tell(card, done));
  }).catch((problem) => still(() => { fail(card, problem, entry); restore(card, form); }));
  begin(entry);
}

// What was typed to a refused decision stands there again.
function restore(card, form) {
  if (!form.matches(".reasons") || card.querySelector(".reasons")) return;
  form.elements.revision.value = card.dataset.revision;
  card.append(form);
  if (card === current) form.focus({ preventScroll: true });
}

function begin(entry) {
  for (const card of entry.cards) {
    card.classList.add("decided", "sending");
    card.querySelector(".failed")?.remove();
  }
  taken.push(entry);
  goOn(entry.cards.at(-1));
  entry.answered.finally(() => {
    for (const card of entry.cards) card.classList.remove("sending");
    showChosen();
    countSoon();
  });
}

// The decision in the place of the acts. Gives the address at which it is taken back.
function tell(card, answered) {
  const acts = card.querySelector(".acts");
  const done = document.importNode(answered, true);
  done.style.minBlockSize = `${acts.offsetHeight}px`;
  acts.hidden = true;
  acts.after(done);
  return done.querySelector(".undo")?.getAttribute("action");
}

function reopen(card) {
  card.querySelectorAll(":scope > .done").forEach((each) => each.remove());
  card.querySelector(".acts").hidden = false;
  card.classList.remove("decided", "sending");
}

function fail(card, problem, entry) {
  taken.splice(taken.indexOf(entry) >>> 0, 1);
  reopen(card);
  const said = say(card, problem);
  if (problem.page) renew(card, problem.page, said);
  if (card !== current) sayElsewhere(card);
}

function say(card, problem) {
  card.querySelector(".failed")?.remove();
  const said = document.createElement("div");
  said.className = "failed";
  said.setAttribute("role", "alert");
  said.textContent = (problem instanceof Refused && problem.message) || list.dataset.failed;
  card.append(said);
  return said;
}

// A failure on a card that is no longer being read: said at the edge, with the way back.
function sayElsewhere(card) {
  const found = document.querySelector(".trouble") ?? document.createElement("p");
  found.className = "trouble";
  found.setAttribute("role", "alert");
  const link = document.createElement("a");
  link.href = `#${card.id}`;
  link.textContent = card.getAttribute("aria-label");
  link.addEventListener("click", (event) => { event.preventDefault(); found.remove(); go(card); });
  found.replaceChildren(`${list.dataset.elsewhere} `, link);
  document.body.append(found);
}

// The card as it is on its own page now: its text, how that changed, and what was decided on it.
function renew(card, page, said) {
  const fresh = page.querySelector("article.card");
  if (!fresh?.dataset.revision || fresh.dataset.revision === card.dataset.revision) return;
  const [text] = card.dataset.revision.split(".");
  const [nowText] = fresh.dataset.revision.split(".");
  card.dataset.revision = fresh.dataset.revision;
  for (const field of card.querySelectorAll("[name=revision], .pick input")) field.value = fresh.dataset.revision;
  if (nowText !== text) {
    card.querySelector(".said").replaceWith(document.importNode(fresh.querySelector(".said"), true));
    card.querySelector(".difference")?.remove();
    const difference = fresh.querySelector(".difference");
    if (difference) card.querySelector(".from").before(document.importNode(difference, true));
  } else {
    const record = page.querySelector("[aria-labelledby=record] li:last-child .meta");
    if (record) said.append(document.importNode(record, true));
  }
}

// The latest decision of this page taken back, or the latest batch; else the one that the page came with.
async function undo() {
  const entry = taken.pop();
  if (entry) await takeBack(entry);
  else document.querySelector(".said-done .undo")?.requestSubmit();
}

async function takeBack(entry) {
  await entry.answered;
  const [first] = entry.cards;
  if (!entry.address) return;
  try {
    await ask(entry.address, entry.fields ?? new URLSearchParams({ brief: "1", queue: list.dataset.queue }));
    entry.cards.forEach(reopen);
    go(first);
    countSoon();
  } catch (problem) {
    say(first, problem);
  }
}

// One decision taken back by its own button: it is part of nothing else from then on.
function takeBackOne(card, form) {
  for (const entry of taken.filter((each) => each.cards.includes(card))) {
    entry.cards.splice(entry.cards.indexOf(card), 1);
    entry.fields?.delete(`decision:${form.closest(".done").dataset.decision}`);
    if (!entry.cards.length) taken.splice(taken.indexOf(entry), 1);
  }
  takeBack({ cards: [card], address: form.getAttribute("action") });
}

// Several at once

function decideChosen(button) {
  const together = chosen();
  if (!together.length) return;
  const body = fields(batch, button);
  const entry = { cards: together, address: null };
  entry.answered = ask(batch.action, body).then((page) => {
    const back = page.querySelector("[data-act=undo-batch]");
    if (back) [entry.address, entry.fields] = [back.getAttribute("action"), fields(back)];
    still(() => [...together].forEach((card) => {
      const line = page.querySelector(`[data-comment="${card.dataset.id}"]`);
      const done = line?.querySelector(".done");
      card.classList.remove("chosen");
      card.querySelector(".pick input").checked = false;
      if (done) { tell(card, done); return; }
      entry.cards.splice(entry.cards.indexOf(card), 1);
      const problem = new Refused(null);
      problem.message = line?.querySelector(".failed")?.textContent ?? "";
      fail(card, problem, null);
    }));
    if (!together.length) taken.splice(taken.indexOf(entry) >>> 0, 1);
  }).catch((problem) => still(() => [...together].forEach((card) => fail(card, problem, entry))));
  begin(entry);
}

function showChosen() {
  const count = chosen().length;
  batch.querySelector(".figure").textContent = count ? count.toLocaleString(document.documentElement.lang) : "";
  batch.classList.toggle("some", count > 0);
  list.classList.toggle("choosing", count > 0);
}

// More cards, below all that are here: nothing that is read moves

function keepAhead() {
  const more = list.querySelector("[data-act=more]");
  if (more && cards().slice(cards().indexOf(current)).filter((card) => !isDecided(card)).length < AHEAD) bringIn(more.href);
}

// A long day's decided cards go, in lots, without anything moving: keys stay quick however many there were.
async function forgetOld() {
  await idle();
  const all = cards();
  const old = all.slice(0, Math.max(0, all.indexOf(current) - KEPT)).filter((card) => isDecided(card)
    && !card.matches(".sending") && !card.querySelector(".failed"));
  if (old.length < KEPT / 2) return;
  still(() => old.forEach((card) => card.remove()));
  taken.splice(0, taken.length, ...taken.filter((entry) => entry.cards.every((card) => card.isConnected)));
}

function bringIn(address, isAskedFor = false) {
  if (fetching.has(address)) return;
  fetching.add(address);
  bringing = bringing.then(() => append(address, isAskedFor)).finally(() => fetching.delete(address));
}

async function append(address, isAskedFor) {
  try {
    const page = await ask(address);
    const end = list.querySelector(".more, .arrived");
    const brought = [];
    for (const [at, card] of [...page.querySelectorAll(".list .card")].entries()) {
      if (at % 3 === 0) await idle(); // a key that is pressed meanwhile comes first
      if (document.getElementById(card.id)) continue;
      card.classList.remove("now");
      brought.push(document.importNode(card, true));
      end.before(brought.at(-1));
    }
    // The first new card gets the keyboard from the link or button that asked for it, and that goes.
    if (isAskedFor || end.contains(document.activeElement)) go(brought[0]);
    if (list.querySelector("[data-act=more]")?.href === address) {
      list.querySelector(".more").remove();
      const more = page.querySelector(".list .more");
      if (more) list.querySelector(".arrived").before(document.importNode(more, true));
    }
    batch.hidden = !cards().length;
    if (cards().length) list.querySelector(".empty")?.remove();
    if (!current) go(cards()[0]);
    await forgetOld();
  } catch { /* the link is still there */ }
}

// The reasons, opened in the card

function openReasons(card) {
  if (closeReasons(card)) return;
  const link = card.querySelector("[data-act=reject]");
  if (!link) return;
  const form = reasons.content.firstElementChild.cloneNode(true);
  form.action = `${new URL(link.href).pathname}/decide`;
  form.elements.revision.value = card.dataset.revision;
  form.elements.words.value = marked(card);
  card.append(form);
  form.focus({ preventScroll: true });
  form.scrollIntoView({ block: "nearest" });
}

// What is selected in the comment when its reasons are asked for: the words that the decision is about.
function marked(card) {
  const selection = document.getSelection();
  const said = card.querySelector(".said");
  const isInside = said?.contains(selection.anchorNode) && said.contains(selection.focusNode);
  return isInside ? selection.toString().replace(/\s+/g, " ").trim() : "";
}

function closeReasons(card) {
  const form = card.querySelector(".reasons");
  if (form?.contains(document.activeElement)) card.focus({ preventScroll: true });
  form?.remove();
  return Boolean(form);
}

function openBatch(place) {
  batch.querySelector("details").open = true;
  batch.querySelector(place).focus();
}

// Keys

const follow = (act, to = "") => { const link = current.querySelector(`[data-act=${act}]`); if (link) location.assign(link.href + to); };
const choose = () => current.querySelector(".pick input")?.click();
const approve = () => (chosen().length
  ? decideChosen(batch.querySelector("[value=approve]"))
  : !isDecided(current) && current.querySelector("form[data-act=approve]")?.requestSubmit());
const reject = () => (chosen().length ? openBatch("select") : !isDecided(current) && openReasons(current));

// What is done on the card's own page, by the key that leads to its form there.
const THERE = { l: "put-last", p: "pick", t: "close-thread", m: "move", q: "ask", w: "note", g: "assign-to", e: "reword" };
const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  a: approve,
  f: approve,
  r: reject,
  d: reject,
  x: choose,
  s: () => follow("alike"),
  o: () => follow("open"),
  u: () => follow("person"),
  y: () => follow("story"),
  z: undo,
  v: () => { const harsh = current.querySelector(".harsh"); if (harsh) harsh.open = !harsh.open; },
  c: () => current.dataset.id && list.dispatchEvent(new CustomEvent("take", { detail: current })),
  n: () => list.querySelector(".arrived:not([hidden]) button")?.click(),
  "?": () => help.showModal(),
  Escape: () => closeReasons(current),
};

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || help.open) return;
  if (event.repeat && !/^[jk]$/i.test(event.key)) return; // a key that is held down decides once
  if (event.target.matches("input:not([type=checkbox]), textarea, select") && event.key !== "Escape") return;
  if ((!current && !/^[jknz?]$/i.test(event.key)) || (event.key.length === 1 && !document.documentElement.classList.contains("with-keys"))) return;
  const reason = /^[1-9]$/.test(event.key) && current?.querySelector(`.reasons [data-key="${event.key}"]`);
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const act = reason ? () => reason.click() : current?.dataset.id && THERE[key] ? () => follow("open", `#${THERE[key]}`) : KEYS[key];
  if (!act) return;
  event.preventDefault();
  act();
}

function onSubmit(event) {
  const form = event.target;
  if (form.dataset.act === "undo" && form.closest(".card")) {
    event.preventDefault();
    takeBackOne(form.closest(".card"), form);
  } else if (form.dataset.act === "because" && !event.submitter?.value) { // Enter on a tick names no reason
    event.preventDefault();
  } else if (form.dataset.act === "approve" || form.dataset.act === "because") {
    event.preventDefault();
    decide(form, event.submitter);
  } else if (form === batch && chosen().length && (event.submitter?.value === "approve" || form.elements.reason.value)) {
    event.preventDefault();
    decideChosen(event.submitter);
  }
}

function onClick(event) {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  const card = event.target.closest(".card");
  if (event.target.closest("[data-act=reject]")) {
    event.preventDefault();
    if (card !== current) go(card);
    openReasons(card);
  } else if (event.target.closest("[data-act=more]")) {
    event.preventDefault();
    bringIn(event.target.closest("a").href);
  } else if (card && card !== current && !event.target.closest("a, button, summary, label, input, .done")) {
    go(card);
  }
}

async function onStale(card) {
  try {
    const page = await ask(`${card.querySelector("[data-act=open]").href.replace(/\?.*/, "")}?seen=${card.dataset.revision}`);
    const said = say(card, null);
    said.textContent = list.dataset.changed;
    renew(card, page, said);
  } catch { /* a decision would be refused, and say so */ }
}

if (list && side) {
  document.addEventListener("keydown", onKey);
  list.addEventListener("submit", onSubmit);
  list.addEventListener("click", onClick);
  list.addEventListener("change", (event) => {
    event.target.closest(".card")?.classList.toggle("chosen", event.target.checked === true);
    showChosen();
  });
  list.addEventListener("wanted", ({ detail: { address, isAskedFor } }) => bringIn(address, isAskedFor));
  list.addEventListener("stale", (event) => onStale(event.detail));
  if (current) keepAhead();
  showChosen();
}
