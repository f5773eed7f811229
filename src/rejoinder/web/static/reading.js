// Fetched once the words are there: how long ago something was said, and keys that lead from comment to comment.

const UNITS = [["day", 86400], ["hour", 3600], ["minute", 60]];
const RECENT = 7 * 86400; // seconds; older moments stay as they are
const relative = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
const whole = new WeakMap(); // as the server wrote it

function words(moment) {
  const past = (Date.now() - moment) / 1000;
  if (past < -60 || past > RECENT) return "";
  const [unit, size] = UNITS.find(([, each]) => past >= each) ?? ["minute", 60];
  return relative.format(-Math.max(Math.floor(past / size), 0), unit);
}

function tell() {
  for (const time of document.querySelectorAll(".c .when > time")) {
    if (!whole.has(time)) whole.set(time, time.textContent);
    const said = words(Date.parse(time.dateTime)) || whole.get(time);
    if (time.textContent === said) continue;
    time.textContent = said;
    time.title = whole.get(time);
  }
}

addEventListener("beforeprint", () => document.querySelectorAll(".when > time").forEach((time) => { time.textContent = whole.get(time) ?? time.textContent; }));
addEventListener("afterprint", tell);

// The feed pattern (ARIA Authoring Practices): articles that page keys lead through

const list = document.querySelector(".thread:not(.held)");
const feed = list && document.createElement("div"); // a list may not be a feed itself (ARIA in HTML)
list?.replaceWith(feed);
feed?.append(list);
const comments = () => [...feed.querySelectorAll("article.c")];

function lay() {
  if (!feed) return;
  // A feed has nothing but articles; where links lead to more replies the lists stay lists, and the keys work all the same.
  if ([...feed.querySelectorAll("a, button")].every((each) => each.closest("article"))) layAsFeed();
  number();
}

function layAsFeed() {
  feed.setAttribute("role", "feed");
  const heading = feed.closest("section").querySelector("h1, h2");
  heading.id ||= "discussion-title";
  feed.setAttribute("aria-labelledby", heading.id);
  feed.querySelectorAll("ol, li").forEach((each) => each.setAttribute("role", "none"));
}

function number() {
  const more = document.querySelector(".discussion .more");
  const all = comments();
  all.forEach((comment, at) => {
    const name = comment.querySelector(".who b, .marker");
    name.id ||= `${comment.id}-by`;
    comment.tabIndex = comment.tabIndex === 0 ? 0 : -1; // which one was last looked at is kept
    comment.setAttribute("aria-labelledby", name.id);
    comment.setAttribute("aria-posinset", at + 1);
    comment.setAttribute("aria-setsize", more ? -1 : all.length);
  });
  if (all[0] && !all.some((comment) => comment.tabIndex === 0)) all[0].tabIndex = 0;
}

function beside(isBefore) {
  const found = [...document.querySelectorAll("a[href], button, textarea")].filter((each) => each.checkVisibility() && !feed.contains(each));
  const follows = (each) => feed.compareDocumentPosition(each) & (isBefore ? Node.DOCUMENT_POSITION_PRECEDING : Node.DOCUMENT_POSITION_FOLLOWING);
  return isBefore ? found.filter(follows).at(-1) : found.find(follows);
}

feed?.addEventListener("keydown", (event) => {
  if (event.altKey || event.shiftKey || event.metaKey || event.target.matches("textarea, input, select")) return;
  let to;
  if (event.ctrlKey && (event.key === "Home" || event.key === "End")) to = beside(event.key === "Home");
  else if (!event.ctrlKey && (event.key === "PageDown" || event.key === "PageUp")) {
    const all = comments();
    to = all[all.indexOf(event.target.closest("article.c")) + (event.key === "PageDown" ? 1 : -1)];
    if (to) all.forEach((comment) => { comment.tabIndex = comment === to ? 0 : -1; });
  }
  if (!to) return;
  event.preventDefault();
  to.focus();
});

if (feed) new MutationObserver(() => { lay(); tell(); }).observe(feed, { childList: true, subtree: true });
lay();
tell();
setInterval(tell, 60000);
