// Says that there are new comments: by events, or where those are held back by asking. Nothing moves unasked.

const OPENING = 5000; // without a word so long, events are held back
const POLL = 20000;
const ANOTHER = 15; // polls, then events again
const LEAVING = 30000; // so long hidden, no more is heard
const QUIET = 1000;
const SPREAD = 4000;
const KEPT = 100;

const root = document.querySelector("[data-live]");
const said = root.dataset;
const first = JSON.parse(said.now);
const lang = document.documentElement.lang;
const plural = new Intl.PluralRules(lang);
const list = root.querySelector(".thread:not(.held)");
const notice = root.querySelector(".fresh");
const policy = window.trustedTypes?.createPolicy("rejoinder", { createHTML: String }) ?? { createHTML: String };

let now = first;
let at = `${first.version}-${first.place}`; // heard so far
let kept = []; // heard, not shown yet
let near, polling, source, opening, asking, leaving, saying, catching;
let polls = 0;

function sentence(forms, n) {
  const found = JSON.parse(forms);
  return (found[plural.select(n)] ?? found.other).replace("{n}", n.toLocaleString(lang));
}

function link(name, href, text) {
  const found = notice.querySelector(`.${name}`) ?? document.createElement("a");
  if (found.textContent === text) return;
  found.className = name;
  found.href = href;
  found.textContent = text;
  if (text) notice.append(found); else found.remove();
}

function say() {
  saying = 0;
  const more = now.phase === "withdrawn" ? 0 : now.place - first.place;
  root.querySelector(".count").textContent = now.count ? sentence(said.counts, now.count) : "";
  link("more-here", said.more.replace(/after=\d+/, `after=${first.place}`), more > 0 ? sentence(said.fresh, more) : "");
  if (now.phase !== first.phase || now.until !== first.until) catchUp();
  else link("changed", location.pathname, "");
}

// Another phase has begun: not all pages ask at the same moment what it is.
function catchUp() {
  catching ||= setTimeout(async () => {
    const { phase, until } = now;
    const { bringUp } = await import(said.standing);
    if (await bringUp(policy)) [first.phase, first.until] = [phase, until];
    else link("changed", location.pathname + location.search, said.changed);
    catching = 0;
  }, Math.random() * SPREAD);
}

function learn(news) {
  now = { ...now, ...news };
  saying ||= setTimeout(say, QUIET);
}

function hear({ type, data, lastEventId }) {
  clearTimeout(opening);
  at = lastEventId || at;
  const news = JSON.parse(data);
  if (type === "changed") kept = []; // one of them may be gone
  if (type !== "comment") learn(news);
  else if (news.html && kept.length < KEPT) kept.push(news);
}

// Where the comment belongs on this page, or nothing.
function placeOf({ parent }) {
  if (!parent || location.search.includes("view=flat")) return list;
  const above = document.getElementById(`c-${parent}`)?.closest("li");
  if (above?.parentElement.matches("ol ol ol ol")) return above.parentElement; // deeper ones stand side by side
  return above?.querySelector(":scope > ol") ?? above?.appendChild(document.createElement("ol"));
}

// Whether what is new stands on this page: at the end of the last one from the oldest on, on top of the first from the
// newest on. In an order that moves it has no place yet.
const belongs = () => (said.order === "newest"
  ? !location.search.includes("after=") && !list.querySelector(".more")
  : said.order === "oldest" && !root.querySelector(".more"));

// Shows what was heard if all of it belongs here; else the link leads to a page that has it.
notice.addEventListener("click", (event) => {
  if (!event.target.matches(".more-here") || event.metaKey || event.ctrlKey || event.shiftKey) return;
  if (!list || !belongs() || kept.length !== now.place - first.place) return;
  for (const comment of kept) {
    const item = document.createElement("li");
    const place = placeOf(comment);
    if (!place) return;
    item.innerHTML = policy.createHTML(comment.html);
    if (place === list && said.order === "newest") place.prepend(item); else place.append(item);
  }
  event.preventDefault();
  location.hash = `c-${kept[0].id}`;
  first.place = now.place;
  kept = [];
  say();
});

function stop() {
  source?.close();
  [opening, asking].forEach(clearTimeout);
  source = asking = undefined;
}

function open() {
  polling = false;
  source = new EventSource(`${said.live}?since=${at}`);
  opening = setTimeout(poll, OPENING);
  ["count", "comment", "changed", "standing"].forEach((name) => source.addEventListener(name, hear));
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
  } catch { /* offline */ }
}

function go() {
  clearTimeout(leaving);
  if (near && !document.hidden && !source && !asking) (polling ? poll : open)();
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) leaving = setTimeout(stop, LEAVING); else go();
});
addEventListener("pagehide", stop);
addEventListener("pageshow", go);
new IntersectionObserver(([seen]) => {
  near ||= seen.isIntersecting;
  go();
}, { rootMargin: "100%" }).observe(root);
