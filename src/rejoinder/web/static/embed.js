// The discussion in a page of the publisher's: <rejoinder-discussion story-url="https://…">. Reading needs no cookie and no
// log-in. What fails leaves a link that leads to our own pages.

const HOME = new URL(import.meta.url).origin;
const ASKED = ["site", "story", "story-url", "publisher-id", "order", "view", "headline", "published-at", "section", "expires", "signature"];
const POLL = 20000;
const AGAIN = 4000; // a discussion that opens in a moment is asked for again
const HELD = "100vh"; // the room that is kept while nothing is there yet

const policy = window.trustedTypes?.createPolicy("rejoinder", { createHTML: String }) ?? { createHTML: String };
const style = new CSSStyleSheet();
style.replaceSync(":host { display: block } :host([hidden]), [hidden] { display: none }");
const embeds = new Set();
const sessions = new Map(); // by site: the token and the name, in memory and, where the page may, in its sessionStorage

const random = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
const plainly = (event) => !(event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);

function kept(storage, name, value) {
  try {
    const place = window[storage];
    if (value === undefined) return JSON.parse(place.getItem(`rejoinder:${name}`));
    if (value) place.setItem(`rejoinder:${name}`, JSON.stringify(value)); else place.removeItem(`rejoinder:${name}`);
  } catch { /* full, or not allowed */ }
  return null;
}

async function fetched(address) {
  const answer = await fetch(address, { credentials: "omit", signal: AbortSignal.timeout(10000) });
  const box = document.createElement("template");
  box.innerHTML = policy.createHTML(await answer.text());
  return box.content;
}

class Discussion extends HTMLElement {
  #root; #room; #forms; #query; #base; #site; #slug; #place; #live; #asking; #open; #tries = 0;

  connectedCallback() {
    embeds.add(this);
    if (this.#root) { this.seen(); return; }
    this.#root = this.attachShadow({ mode: "open" });
    this.#root.adoptedStyleSheets = [style];
    this.#room = this.#root.appendChild(document.createElement("div"));
    this.#room.style.minBlockSize = HELD;
    this.#room.append(document.createElement("slot"));
    this.#root.addEventListener("click", (event) => this.#onClick(event));
    this.#root.addEventListener("submit", (event) => this.#onSubmit(event));
    this.#root.addEventListener("keydown", (event) => { if (event.key === "Escape") this.#shut(); });
    this.#query = new URLSearchParams();
    for (const name of ASKED) {
      const value = this.getAttribute(name);
      if (value) this.#query.set(name === "story-url" ? "url" : name.replace("-", "_"), value);
    }
    if (!["url", "story", "publisher_id"].some((name) => this.#query.has(name))) {
      this.#query.set("url", document.querySelector("link[rel=canonical]")?.href ?? location.href);
    }
    if (this.hasAttribute("eager")) this.#begin();
    else {
      const near = new IntersectionObserver(([seen]) => { if (seen.isIntersecting) { near.disconnect(); this.#begin(); } }, { rootMargin: "100%" });
      near.observe(this);
    }
  }

  disconnectedCallback() {
    embeds.delete(this);
    this.#stop();
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(`rejoinder:${name}`, { bubbles: true, composed: true, detail }));
  }

  // Reading

  async #begin() {
    try {
      const found = await fetched(`${HOME}/include?${this.#query}&embed=1`);
      const state = found.querySelector("[data-rejoinder-state]")?.dataset.rejoinderState;
      await this.#show(found);
      if (!state) {
        this.#tell("ready", { site: this.#site, story: this.#slug });
        await this.#vouched();
      } else if (state === "opening" && this.#tries++ < 5) setTimeout(() => this.#begin(), AGAIN);
      else this.#tell("error", { code: state });
    } catch (problem) {
      this.#excuse();
      this.#tell("error", { code: "unreachable", problem });
    }
  }

  // Nothing came: what the page itself put there stays, or a plain link.
  #excuse() {
    if (!this.childNodes.length || !this.textContent.trim()) {
      const link = document.createElement("a");
      link.href = `${HOME}/include?${this.#query}`;
      link.textContent = this.getAttribute("link-text") ?? "Discussion";
      this.#room.replaceChildren(link);
    }
    this.#settle();
  }

  // Shows a fragment once its styles are there, so that nothing moves on the way.
  async #show(found) {
    const box = document.createElement("div");
    box.hidden = true;
    box.append(found);
    const sheets = [...box.querySelectorAll("link")].filter(({ href }) => !this.#root.querySelector(`link[href="${href}"]`));
    const ready = sheets.map((link) => new Promise((done) => { link.onload = link.onerror = done; }));
    box.querySelectorAll("link").forEach((link) => { if (!sheets.includes(link)) link.remove(); });
    this.#root.append(...sheets);
    await Promise.all(ready);
    this.#forms = box.querySelector("template") ?? this.#forms;
    const about = box.querySelector("[data-story]")?.dataset;
    if (about) {
      this.#base = about.story;
      [, this.#site, , this.#slug] = new URL(about.story).pathname.split("/");
      this.#place = Number(about.place);
    }
    this.#room.style.minBlockSize = `max(${HELD}, ${this.#room.offsetHeight}px)`;
    this.#room.replaceChildren(box);
    if (about && this.#forms) {
      const fresh = document.createElement("p");
      fresh.className = "fresh";
      fresh.role = "status";
      this.#find("section").append(fresh);
      this.#find(".invite")?.after(this.#copy(".me"));
      this.#who();
      this.#listen();
    }
    box.hidden = false;
    this.#settle();
  }

  // Gives back the room that is not needed, where nobody sees it: at once below the screen, else when it has left it.
  #settle() {
    const free = () => { this.#room.style.minBlockSize = ""; };
    if (this.getBoundingClientRect().top >= innerHeight) { free(); return; }
    const away = new IntersectionObserver(([seen]) => {
      if (!seen.isIntersecting && seen.boundingClientRect.top > 0) { away.disconnect(); free(); }
    });
    away.observe(this);
  }

  #find(selector) { return this.#room.querySelector(selector); }

  #copy(selector) { return this.#forms.content.querySelector(selector).cloneNode(true); }

  // Another part of the discussion, or the same again.
  async #turn(query = this.#query) {
    const found = await fetched(`${HOME}/include?${query}`);
    if (!found.querySelector("[data-story]")) throw new Error("no discussion");
    this.#query = query;
    await this.#show(found);
  }

  #part(search) {
    const query = new URLSearchParams(search);
    query.delete("v");
    query.set("site", this.#site);
    query.set("story", this.#slug);
    return query;
  }

  async #top(query) {
    await this.#turn(query);
    const title = this.#find("h2");
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
    title.scrollIntoView();
    this.#room.style.minBlockSize = HELD; // what follows is off the screen now, and stays there
  }

  // The rest of a thread, where its first replies stand.
  async #more(link) {
    const address = new URL(link);
    const found = await fetched(`${HOME}/${this.#site}/embed/comments/${address.pathname.split("/").pop()}${address.search}`);
    const [item, place] = [found.querySelector(".thread > li"), link.closest(".thread > li")];
    const first = address.searchParams.has("after") && item.querySelector("li");
    if (first) {
      place.querySelector("ol").append(...first.parentElement.children);
      link.parentElement.replaceWith(...item.querySelectorAll(":scope > .more"));
    } else {
      const known = place.querySelectorAll(".c").length;
      place.replaceChildren(...item.childNodes);
      this.#go(place.querySelectorAll(".c")[known]);
    }
  }

  #go(comment) {
    if (!comment) return;
    comment.tabIndex = -1;
    comment.focus({ preventScroll: true });
    comment.scrollIntoView({ block: "nearest" });
  }

  // What is new since: told by events, or where those are held back by asking now and then.

  #listen() {
    if (this.#live || this.#asking || document.hidden || !this.isConnected) return;
    this.#live = new EventSource(`${this.#base}/live`);
    this.#live.addEventListener("count", ({ data }) => this.#learn(JSON.parse(data)));
    this.#live.onerror = () => {
      if (this.#live?.readyState !== EventSource.CLOSED) return;
      this.#stop();
      this.#asking = setInterval(async () => {
        try { this.#learn(await (await fetch(`${this.#base}/live.json`, { cache: "no-cache", credentials: "omit" })).json()); } catch { /* offline */ }
      }, POLL);
    };
  }

  #stop() {
    this.#live?.close();
    clearInterval(this.#asking);
    this.#live = this.#asking = undefined;
  }

  seen() { if (document.hidden) this.#stop(); else if (this.#base) this.#listen(); }

  #learn({ place }) {
    const n = place - this.#place;
    const fresh = this.#find(".fresh");
    if (!(n > 0) || !fresh) return;
    const lang = this.#find(".rejoinder").lang;
    const forms = JSON.parse(this.#forms.dataset.fresh);
    const button = fresh.querySelector("button") ?? fresh.appendChild(document.createElement("button"));
    button.textContent = (forms[new Intl.PluralRules(lang).select(n)] ?? forms.other).replace("{n}", n.toLocaleString(lang));
    this.#tell("fresh", { count: n });
  }

  // Who takes part

  get #session() {
    const name = `session:${HOME}/${this.#site}`;
    if (!sessions.has(name)) sessions.set(name, kept("sessionStorage", name));
    return sessions.get(name);
  }

  #enter(session) {
    const name = `session:${HOME}/${this.#site}`;
    sessions.set(name, session);
    kept("sessionStorage", name, session);
    for (const each of embeds) each.#who();
  }

  #who() {
    const me = this.#find(".me");
    if (!me) return;
    const session = this.#session;
    const [link, name, out] = [".sign-in", "b", ".sign-out"].map((part) => me.querySelector(part));
    link.hidden = session;
    name.hidden = out.hidden = !session;
    name.textContent = session?.name ?? "";
    if (session) this.#root.querySelectorAll(".problem .sign-in").forEach((each) => each.parentElement.replaceChildren());
  }

  // A window of ours, where our own cookie is first-party. It tells this page alone, by the mark that it was given.
  #signIn(event, link) {
    const nonce = random();
    link.href = `${HOME}/${this.#site}/embed/sign-in?${new URLSearchParams({ origin: location.origin, nonce })}`;
    link.target = "_blank";
    link.rel = "opener";
    const hear = ({ origin, data }) => {
      if (origin !== HOME || data?.type !== "rejoinder:signed-in" || data.nonce !== nonce) return;
      removeEventListener("message", hear);
      this.#enter({ token: data.token, name: data.name });
      this.#tell("login", { name: data.name });
    };
    addEventListener("message", hear);
    if (window.open(link.href, "", "popup,width=480,height=720")) event.preventDefault();
  }

  // The page's server vouches for its reader with a token that serves once.
  async #vouched() {
    const token = this.getAttribute("token");
    this.removeAttribute("token");
    if (!token || this.#session) return;
    try {
      this.#enter(await this.#call("POST", "/session", { token }));
      this.#tell("login", { name: this.#session.name });
    } catch (refused) { this.#tell("error", { code: refused.code ?? "unreachable" }); }
  }

  async #signOut() {
    const ended = this.#call("DELETE", "/session");
    this.#enter(null);
    this.#tell("logout", {});
    await ended.catch(() => {}); // it was over already, or is in twelve hours
  }

  // Taking part

  async #call(method, path, body, key) {
    const headers = this.#session ? { Authorization: `Bearer ${this.#session.token}` } : {};
    if (body) headers["Content-Type"] = "application/json";
    if (key) headers["Idempotency-Key"] = key;
    const answer = await fetch(`${HOME}/api/v1/sites/${this.#site}${path}`, { method, headers, credentials: "omit", body: body && JSON.stringify(body) });
    const said = answer.status === 204 ? null : await answer.json();
    if (!answer.ok) throw Object.assign(new Error(said.detail), { code: said.code, status: answer.status, data: said.data });
    return said;
  }

  #shut() {
    if (!this.#open) return;
    const { form, link, word } = this.#open;
    this.#open = undefined;
    word?.remove();
    form.remove();
    link.hidden = false;
    link.removeAttribute("aria-expanded");
    link.focus();
  }

  // A form in the place of a link that leads to one.
  #write(kind, link) {
    const wasHere = this.#open?.link === link;
    this.#shut();
    if (wasHere) return;
    const form = this.#copy(`form.${kind}`);
    const comment = link.closest(".c");
    const id = comment?.id.slice(2);
    const draft = `draft:${this.#site}:${kind} ${id ?? this.#slug}`;
    const box = form.querySelector("textarea");
    box.value = kept("localStorage", draft)?.text ?? "";
    box.addEventListener("input", () => kept("localStorage", draft, box.value.trim() ? { text: box.value, at: Date.now() } : null));
    form.querySelector(".finer")?.setAttribute("href", link.href);
    if (comment) comment.append(form); else link.parentElement.after(form);
    link.setAttribute("aria-expanded", "true");
    this.#open = { form, link, kind, id, draft, key: random() };
    form.querySelector("input, textarea").focus();
  }

  #onSubmit(event) {
    event.preventDefault();
    const form = event.target;
    if (form.matches(".warned")) this.#read(form); else if (form.matches(".write")) this.#send(form); else this.#vote(form);
  }

  // A recommendation, given or taken back; without a log-in here our own page asks for it.
  async #vote(form) {
    const id = form.closest(".c").id.slice(2);
    const button = form.querySelector("button");
    const isBack = button.ariaPressed === "true";
    try {
      if (!this.#session) throw new Error("nobody is logged in");
      const { recommended, mine } = await this.#call(isBack ? "DELETE" : "PUT", `/comments/${id}/recommendation`);
      button.ariaPressed = mine;
      form.querySelector("b").textContent = recommended ? recommended.toLocaleString(this.#find(".rejoinder").lang) : "";
      this.#tell("recommend", { comment: id, recommended: mine });
    } catch { location.assign(form.action); }
  }

  async #send(form) {
    const { kind, id, draft, key } = this.#open;
    const button = form.querySelector("button");
    const problem = form.querySelector(".problem");
    const text = form.querySelector("textarea").value;
    const isFlag = kind === "flag";
    problem.textContent = "";
    button.disabled = true;
    try {
      const said = isFlag
        ? await this.#call("POST", `/comments/${id}/flags`, { reason: new FormData(form).get("reason"), note: text })
        : await this.#call("POST", `/stories/${this.#slug}/comments`, { text, parent: id ?? null, agrees: Number(form.agrees?.value ?? 0) }, key);
      kept("localStorage", draft, null);
      this.#shut();
      if (isFlag) this.#thank("reported", id);
      else await this.#posted(said);
      this.#tell(isFlag ? "report" : "comment", isFlag ? { comment: id } : { id: said.id, status: said.status, parent: said.parent });
    } catch (refused) {
      problem.textContent = refused.code ? refused.message : this.#forms.dataset.lost;
      this.#open && (this.#open.key = refused.code ? random() : key); // a lost answer may have been a good one
      if (refused.status === 401) {
        this.#enter(null);
        problem.append(this.#copy(".sign-in"));
      }
      if (refused.code === "policy-changed") this.#ask(form, refused.data.version);
      if (refused.code === "warning-unread") await this.#warn(form, problem);
      button.disabled = false;
      this.#tell("error", { code: refused.code ?? "unreachable" });
    }
  }

  // The rules are others than the reader knows: a tick says yes to this version of them.
  #ask(form, version) {
    form.querySelector(".agree")?.remove();
    const agree = this.#copy(".agree");
    form.querySelector(".send").before(agree);
    form.agrees.value = version;
    form.agrees.focus();
  }

  // The editors have a word first. It stands above the text, which is kept, until a press says that it was read.
  async #warn(form, problem) {
    const { warnings } = await this.#call("GET", "/warnings").catch(() => ({ warnings: [] }));
    if (!warnings.length || this.#open?.form !== form) return;
    const word = this.#copy(".warned");
    const part = word.querySelector("div");
    for (const { told, text } of warnings) {
      const each = part.cloneNode(true);
      each.querySelector("p").textContent = told;
      const words = each.querySelector("blockquote");
      if (text) words.textContent = text; else words.remove();
      part.before(each);
    }
    part.remove();
    this.#open.word?.remove();
    Object.assign(this.#open, { word, read: warnings.at(-1).id });
    form.before(word);
    problem.textContent = "";
    form.hidden = true;
    word.focus();
  }

  async #read(word) {
    const { form, read } = this.#open;
    const button = word.querySelector("button");
    button.disabled = true;
    try {
      await this.#call("POST", `/warnings/${read}/acknowledgement`);
      word.remove();
      form.hidden = false;
      form.querySelector("textarea").focus();
    } catch (refused) {
      word.querySelector(".problem").textContent = refused.code ? refused.message : this.#forms.dataset.lost;
      button.disabled = false;
      button.focus();
    }
  }

  async #posted({ id, status, parent, page }) {
    if (status !== "published") { this.#thank("held", parent); return; }
    await this.#turn().catch(() => {});
    const own = this.#find(`#c-${id}`);
    if (own) this.#go(own); else this.#thank("posted", parent, page);
  }

  #thank(what, at, page) {
    const notice = this.#copy(".notice");
    const comment = at && this.#find(`#c-${at}`);
    if (comment) comment.append(notice); else this.#find(".me").after(notice);
    notice.textContent = this.#forms.dataset[what];
    if (page) {
      const link = notice.appendChild(document.createElement("a"));
      link.href = HOME + page;
      link.textContent = "→";
    }
    notice.focus();
  }

  #onClick(event) {
    const link = event.target.closest("a, button");
    if (!link || !plainly(event) || !this.#base) return;
    const act = this.#actOf(link, event);
    if (!act) return;
    event.preventDefault();
    Promise.resolve(act()).catch(() => { if (link.href) location.assign(link.href); });
  }

  // What a click does here, or nothing: then the link leads where it leads.
  #actOf(link, event) {
    if (link.matches(".sign-in")) { this.#signIn(event, link); return null; }
    if (link.matches(".sign-out")) return () => this.#signOut();
    if (link.matches(".cancel")) return () => this.#shut();
    if (link.matches(".fresh button")) return () => this.#top(this.#part(`view=flat&after=${this.#place}`));
    if (link.matches(".orders a, .discussion > .more a")) return () => this.#top(this.#part(new URL(link).search));
    if (link.matches(".thread .more a")) return () => this.#more(link);
    if (link.matches(".to")) {
      const above = this.#find(`#c-${link.pathname.split("/").pop()}`);
      return above && (() => this.#go(above));
    }
    if (!this.#session) return null;
    const kind = link.matches(".send .button") ? "new" : link.matches(".act .reply") ? "answer" : link.matches(".act .report") ? "flag" : "";
    return kind && (() => this.#write(kind, link));
  }
}

document.addEventListener("visibilitychange", () => embeds.forEach((each) => each.seen()));
if (!customElements.get("rejoinder-discussion")) customElements.define("rejoinder-discussion", Discussion);
