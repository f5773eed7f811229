// Says, while a discussion is read, that there are new comments. Nothing moves until the reader asks for them.
// By server-sent events; where something in between holds those back, by asking again and again.

const OPENING = 5000; // without a word after so long, events are held back
const POLL = 20000;
const ANOTHER = 15; // polls, and events are given another try
const LEAVING = 30000; // a page that was hidden so long hears no more
const QUIET = 1000; // between two changes of what is said

const root = document.querySelector("[data-live]");
const said = root.dataset;
const first = JSON.parse(said.now);
const forms = { counts: JSON.parse(said.counts), fresh: JSON.parse(said.fresh) };
const lang = document.documentElement.lang;
const plural = new Intl.PluralRules(lang);
const heading = root.querySelector("h2 .count");
const notice = root.querySelector(".fresh");

let now = first;
let at = `${first.version}-${first.place}`; // up to here we have heard
let near = false, polling = false, polls = 0;
let source, opening, asking, leaving, saying;

const sentence = (kind, n) => (forms[kind][plural.select(n)] ?? forms[kind].other).replace("{n}", n.toLocaleString(lang));

function link(kind, href, text) {
  let found = notice.querySelector(`[data-kind=${kind}]`);
  if (!text) found?.remove();
  if (!text || found?.textContent === text) return;
  if (!found) {
    found = notice.appendChild(document.createElement("a"));
    found.dataset.kind = kind;
    found.href = href;
  }
  found.textContent = text;
}

function say() {
  saying = undefined;
  const more = now.phase === "withdrawn" ? 0 : now.place - first.place;
  heading.textContent = now.count ? sentence("counts", now.count) : "";
  link("fresh", said.more, more > 0 && sentence("fresh", more));
  const isOther = now.phase !== first.phase || now.until !== first.until;
  link("changed", location.pathname + location.search, isOther && said.changed);
}

function learn(news) {
  now = { ...now, ...news };
  saying ||= setTimeout(say, QUIET);
}

function hear(event) {
  clearTimeout(opening);
  at = event.lastEventId || at;
  if (event.type !== "comment") learn(JSON.parse(event.data));
}

function stop() {
  source?.close();
  [opening, asking].forEach(clearTimeout);
  source = asking = undefined;
}

function open() {
  polling = false;
  source = new EventSource(`${said.live}?since=${at}`);
  opening = setTimeout(poll, OPENING);
  ["count", "comment", "standing"].forEach((name) => source.addEventListener(name, hear));
  source.onerror = () => {
    if (source.readyState !== EventSource.CLOSED) return; // it comes back by itself
    clearTimeout(opening);
    opening = setTimeout(poll, QUIET); // unless the page is being left
  };
}

async function poll() {
  stop();
  polling = true;
  asking = setTimeout(() => { if (++polls % ANOTHER) poll(); else { stop(); open(); } }, POLL);
  try {
    const answer = await fetch(said.state, { cache: "no-cache", credentials: "omit" });
    if (answer.ok) learn(await answer.json());
  } catch { /* offline; the next time, then */ }
}

function go() {
  clearTimeout(leaving);
  if (!near || document.hidden || source || asking) return;
  if (polling) poll(); else open();
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) leaving = setTimeout(stop, LEAVING); else go();
});
addEventListener("pagehide", stop);
addEventListener("pageshow", go);
const coming = new IntersectionObserver(([seen]) => {
  if (!seen.isIntersecting) return;
  coming.disconnect();
  near = true;
  go();
}, { rootMargin: "100%" });
coming.observe(root);
