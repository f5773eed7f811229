// What makes the discussion smoother: replies in place, drafts that are kept, figures by the box, links copied by a click.
// Everything works without it.

const PREFIX = "rejoinder:";
const KEPT = 7 * 24 * 3600 * 1000; // a draft that nobody came back to in a week is thrown away
const NEAR = 0.8; // from this share of the longest length on, the box says how much is left

const store = {
  get(name) {
    try { return JSON.parse(localStorage.getItem(PREFIX + name)); } catch { return null; }
  },
  set(name, value) {
    try { localStorage.setItem(PREFIX + name, JSON.stringify(value)); } catch { /* full, or not allowed */ }
  },
  remove(name) {
    try { localStorage.removeItem(PREFIX + name); } catch { /* not allowed */ }
  },
  names() {
    try { return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length)); }
    catch { return []; }
  },
};

// Drafts

const draftName = (form) => `draft:${location.pathname.split("/")[1]}:${form.dataset.draft}`;

function keepDraft(form, box) {
  const name = draftName(form);
  const kept = store.get(name);
  if (!box.value && kept) box.value = kept.text;
  box.addEventListener("input", () => {
    if (box.value.trim()) store.set(name, { text: box.value, at: Date.now() });
    else store.remove(name);
  });
  form.addEventListener("submit", () => store.set(name, { text: box.value, at: Date.now(), sent: true }));
}

// A draft is thrown away once it was sent and the answer was not a refusal, or when it is old.
function clearDrafts() {
  const refused = document.querySelector("[data-refused], [data-carried], .write .problem");
  for (const name of store.names()) {
    const draft = store.get(name);
    if (draft?.sent && refused) store.set(name, { ...draft, sent: false });
    if (!draft || (draft.sent && !refused) || Date.now() - draft.at > KEPT) store.remove(name);
  }
}

// Length: characters as a reader counts them, not UTF-16 units

function countDown(form, box) {
  const left = form.querySelector(".left");
  const longest = Number(box.dataset.longest);
  const show = () => {
    const size = [...box.value].length;
    const over = size > longest;
    left.classList.toggle("over", over);
    const sentence = over ? left.dataset.over : left.dataset.left;
    left.textContent = size < longest * NEAR ? "" : sentence.replace("{n}", Math.abs(longest - size).toLocaleString());
  };
  box.addEventListener("input", show);
  show();
}

function prepare(form) {
  if (form.dataset.prepared) return;
  form.dataset.prepared = "1";
  const box = form.querySelector("textarea");
  keepDraft(form, box);
  countDown(form, box);
  box.addEventListener("focus", () => editor(form).then(({ equip }) => equip(form)), { once: true });
  form.addEventListener("submit", () => {
    const disable = (is) => form.querySelectorAll(".send button").forEach((button) => { button.disabled = is; });
    setTimeout(disable, 0, true); // after the submit has read the form
    setTimeout(disable, 8000, false); // so that a lost connection leaves a way on
  });
}

// The editor, when it is needed

const editor = (form) => import(form.dataset.editor);
document.addEventListener("selectionchange", () => {
  const form = document.querySelector("form.write") ?? template()?.content.querySelector("form");
  const said = getSelection().anchorNode?.parentElement?.closest(".c > .said");
  if (form && (said || form.dataset.offers)) editor(form).then(({ offerQuote }) => offerQuote(JSON.parse(form.dataset.words).offer));
  if (form && said) form.dataset.offers = "1";
});

// Replies in place

const template = () => document.getElementById("reply-form");
let open = null;

function closeReply() {
  if (!open) return;
  open.place.remove();
  open.link.removeAttribute("aria-expanded");
  open.link.focus();
  open = null;
}

function openReply(link) {
  const wasHere = open && open.link === link;
  closeReply();
  if (wasHere) return;
  const comment = link.closest(".c");
  const place = template().content.firstElementChild.cloneNode(true);
  const form = place.querySelector("form");
  form.action = link.href;
  form.dataset.draft = `reply ${comment.id.slice(2)}`;
  form.elements.key.value += `-${Date.now().toString(36)}`;
  comment.append(place);
  prepare(form);
  place.querySelector(".cancel").addEventListener("click", closeReply);
  place.addEventListener("keydown", (event) => { if (event.key === "Escape") closeReply(); });
  link.setAttribute("aria-expanded", "true");
  open = { link, place };
  form.querySelector("textarea").focus();
}

// Copying

async function copy(text, element) {
  try { await navigator.clipboard.writeText(text); } catch { return false; }
  const said = element.textContent;
  if (said === element.dataset.copied) return true;
  element.textContent = element.dataset.copied;
  setTimeout(() => { element.textContent = said; }, 2000);
  return true;
}

function onClick(event) {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest("a, button");
  if (!link) return;
  if (link.matches(".thread > li > .more a")) {
    event.preventDefault();
    following().then(({ show }) => show(link), () => location.assign(link.href));
    return;
  }
  if (link.matches(".act .reply") && template()) {
    event.preventDefault();
    openReply(link);
  } else if (link.matches(".act .link") && navigator.clipboard) {
    event.preventDefault();
    copy(link.href, link).then((done) => { if (!done) location.assign(link.href); });
  } else if (link.matches(".to")) {
    const here = document.getElementById(`c-${link.pathname.split("/").pop()}`);
    if (!here) return;
    event.preventDefault();
    location.hash = here.id;
  } else if (link.dataset.copies) {
    const box = document.getElementById(link.dataset.copies);
    box.select();
    copy(box.value, link);
  }
}

const reading = document.querySelector("script[data-reading]");
if (reading && document.querySelector(".c")) import(reading.dataset.reading);
// What is loaded when it is first wanted

const following = () => import(document.querySelector("[data-following]").dataset.following);

function onSubmit(event) {
  const form = event.target;
  if (!form.matches(".vote")) return;
  event.preventDefault();
  following().then(({ vote }) => vote(form), () => form.submit());
}

// A link to a comment that this page of the discussion does not hold leads to its thread.
function seek() {
  if (/^#c-[\da-f-]{36}$/.test(location.hash) && document.querySelector("#discussion") && !document.querySelector(location.hash)) {
    following().then(({ find }) => find());
  }
}

clearDrafts();
document.addEventListener("submit", onSubmit);
addEventListener("hashchange", seek);
seek();
const prepareAll = () => document.querySelectorAll("form.write").forEach(prepare);
prepareAll();
document.addEventListener("rejoinder:parts", prepareAll); // another phase has begun, with other boxes
document.addEventListener("click", onClick);
document.addEventListener("rejoinder:reply", ({ detail }) => { if (open?.link !== detail) openReply(detail); });
document.querySelectorAll(".copy").forEach((button) => { button.hidden = !navigator.clipboard; });
document.querySelectorAll("form[data-forget]").forEach((form) => {
  form.addEventListener("submit", () => store.names().forEach(store.remove));
});
// A page from the back-forward cache has its buttons as they were when it was left.
addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form.write button").forEach((button) => { button.disabled = false; });
});
document.querySelector(".problem")?.focus({ preventScroll: false });
