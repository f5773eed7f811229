// What happens at the desk while an editor reads: new cards are counted and wait below, cards that colleagues have or
// decided say so, a card that is read for a moment is claimed. Asked for every few seconds, and only while it is seen.

const list = document.querySelector(".list[data-news]");
const POLL = 4000; // milliseconds
const READING = 1000; // on a card before it is claimed
const RENEW = 120000; // a claim runs out after five minutes
const MOST = 60; // cards asked about at once
const TIRING = 100; // harsh texts in a day

const said = list?.dataset ?? {};
const lang = document.documentElement.lang;
const plural = new Intl.PluralRules(lang);
const known = new Set((said.known ?? "").split(",").filter(Boolean).map(Number));
let fresh = [];
let claimed, claimedAt, reading, asking;

const waiting = () => [...list.querySelectorAll(".card:not(.decided):not(.elsewhere)")];
const act = (card, name) => `${new URL(card.querySelector("[data-act=open]").href).pathname}/${name}`;

function sentence(forms, n) {
  const found = JSON.parse(forms);
  return (found[plural.select(n)] ?? found.other ?? "{n}").replace("{n}", n.toLocaleString(lang));
}

async function look() {
  if (document.hidden || asking) return;
  asking = true;
  try {
    const asked = waiting().slice(0, MOST);
    const query = new URLSearchParams({ queue: said.queue, comments: asked.map((card) => card.dataset.id).join(",") });
    const answer = await fetch(`${said.news}?${query}`, { headers: { Accept: "application/json" } });
    if (answer.ok) learn(await answer.json(), asked);
  } catch { /* the next look finds it */ } finally { asking = false; }
  if (claimed && Date.now() - claimedAt > RENEW) claim(claimed);
}

function learn(news, asked) {
  if (said.known !== undefined) {
    fresh = news.newest.filter((seq) => !known.has(seq));
    const place = list.querySelector(".arrived");
    place.hidden = !fresh.length;
    place.firstElementChild.textContent = fresh.length ? sentence(said.fresh, fresh.length) : "";
  }
  for (const card of asked) {
    const now = news.comments[card.dataset.id];
    if (now && !card.classList.contains("decided")) mark(card, now);
  }
}

function mark(card, now) {
  const [revision, decided] = card.dataset.revision.split(".").map(Number);
  const place = card.querySelector(".has");
  const isElsewhere = now.said && (now.decided > decided || !now.open);
  if (now.revision !== revision && !isElsewhere) list.dispatchEvent(new CustomEvent("stale", { detail: card }));
  card.classList.toggle("elsewhere", Boolean(isElsewhere));
  const words = (isElsewhere && now.said) || now.claimed;
  if (words || place.dataset.live) {
    place.textContent = words;
    place.hidden = !words;
    place.dataset.live = "1";
  }
}

async function claim(card, more = {}) {
  const answer = await fetch(act(card, "claim"), { method: "POST", body: new URLSearchParams({ brief: "1", ...more }) });
  if (answer.status === 204) [claimed, claimedAt] = more.let_go ? [] : [card, Date.now()];
  else look();
}

function onReading(card) {
  clearTimeout(reading);
  reading = setTimeout(() => {
    if (claimed && claimed !== card && !claimed.classList.contains("decided")) claim(claimed, { let_go: "1" }).catch(() => {});
    if (card !== claimed && !card.classList.contains("decided")) claim(card).catch(() => {});
  }, READING);
}

function onFresh() {
  const address = new URL(said.new, location.href);
  const some = fresh.slice(-25);
  address.searchParams.set("cases", some.join(","));
  some.forEach((seq) => known.add(seq));
  fresh = fresh.slice(0, -25);
  const place = list.querySelector(".arrived");
  const isAskedFor = place.contains(document.activeElement);
  place.hidden = !fresh.length;
  if (fresh.length) place.firstElementChild.textContent = sentence(said.fresh, fresh.length);
  list.dispatchEvent(new CustomEvent("wanted", { detail: { address: address.href, isAskedFor } }));
}

// A hundred harsh texts in a day are enough for anybody; it is said once.
function onHarsh(event) {
  if (!event.target.matches?.(".harsh") || !event.target.open || event.target.dataset.read) return;
  event.target.dataset.read = "1";
  try {
    const today = new Date().toDateString();
    const kept = JSON.parse(localStorage.getItem("rejoinder-desk-harsh") ?? "{}");
    const count = kept.day === today ? kept.count + 1 : 1;
    localStorage.setItem("rejoinder-desk-harsh", JSON.stringify({ day: today, count }));
    if (count === TIRING) {
      const line = document.createElement("p");
      line.className = "rest";
      line.setAttribute("role", "status");
      line.textContent = said.rest;
      document.querySelector(".keys").before(line);
    }
  } catch { /* not allowed to count */ }
}

if (list) {
  list.addEventListener("reading", (event) => onReading(event.detail));
  list.addEventListener("take", (event) => claim(event.detail, { over: "1" }).then(look).catch(() => {}));
  list.addEventListener("toggle", onHarsh, true);
  list.querySelector(".arrived button").addEventListener("click", onFresh);
  document.addEventListener("visibilitychange", look);
  setInterval(look, POLL);
  const first = list.querySelector(".card.now");
  if (first) onReading(first);
}
