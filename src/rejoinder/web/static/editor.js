// What helps with writing, fetched when a box is used or a text is selected: marks by buttons and keys, names after an @,
// quotes, a preview in place. The text stays plain, and everything works without it.

const policy = window.trustedTypes?.createPolicy("rejoinder-editor", { createHTML: String }) ?? { createHTML: String };
const PAUSE = 150; // ms without a key before names are asked for
const AT = /(?:^|[\s(])[@＠]([^\s@＠]{1,30}(?: [^\s@＠]{1,30})?)$/u;

function element(tag, values = {}, ...inside) {
  const made = Object.assign(document.createElement(tag), values);
  made.append(...inside);
  return made;
}

// Marks: what is typed goes through the browser's own editing, so that undo takes it back.

function type(box, text) {
  box.focus();
  if (!document.execCommand("insertText", false, text)) box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

function around(box, before, after = before) {
  const { selectionStart: start, selectionEnd: end, value } = box;
  const chosen = value.slice(start, end);
  const [, lead, inner, trail] = chosen.match(/^(\s*)([\s\S]*?)(\s*)$/);
  type(box, `${lead}${before}${inner}${after}${trail}`);
  const at = start + lead.length + before.length;
  box.setSelectionRange(at, at + inner.length);
}

function link(box) {
  const { selectionStart: start, selectionEnd: end, value } = box;
  const chosen = value.slice(start, end).trim();
  const isAddress = /^https?:\/\/\S+$/.test(chosen);
  type(box, isAddress ? `[](${chosen})` : `[${chosen}](https://)`);
  const at = isAddress || !chosen ? start + 1 : start + chosen.length + 3;
  box.setSelectionRange(at, isAddress || !chosen ? at : at + "https://".length);
}

function lines(box, before) {
  const { value } = box;
  const start = value.lastIndexOf("\n", box.selectionStart - 1) + 1;
  const found = value.indexOf("\n", box.selectionEnd);
  const end = found < 0 ? value.length : found;
  box.setSelectionRange(start, end);
  type(box, value.slice(start, end).split("\n").map((line) => before + line).join("\n"));
}

const ACTS = {
  bold: ["B", (box) => around(box, "**"), "b"],
  italic: ["I", (box) => around(box, "*"), "i"],
  link: ["🔗\ufe0e", link, "k"],
  list: ["•", (box) => lines(box, "- ")],
  quote: ["❝", (box) => lines(box, "> ")],
};

function toolbar(box, words) {
  const bar = element("div", { className: "marks", role: "toolbar", ariaLabel: words.marks });
  bar.setAttribute("aria-controls", box.id);
  const buttons = Object.entries(ACTS).map(([name, [sign, act, key]], at) => {
    const button = element("button", { type: "button", className: `quiet ${name}`, textContent: sign, ariaLabel: words[name], tabIndex: at ? -1 : 0 });
    button.title = key ? `${words[name]} (Ctrl+${key.toUpperCase()})` : words[name];
    if (key) button.setAttribute("aria-keyshortcuts", `Control+${key.toUpperCase()}`);
    button.addEventListener("click", () => act(box));
    return button;
  });
  bar.append(...buttons);
  bar.addEventListener("keydown", (event) => {
    const forward = getComputedStyle(bar).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key] * (forward === "ArrowLeft" ? -1 : 1);
    const at = buttons.indexOf(document.activeElement);
    const to = event.key === "Home" ? 0 : event.key === "End" ? buttons.length - 1 : (at + step + buttons.length) % buttons.length;
    if (Number.isNaN(to)) return;
    event.preventDefault();
    buttons.forEach((button, each) => { button.tabIndex = each === to ? 0 : -1; });
    buttons[to].focus();
  });
  box.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    const found = Object.values(ACTS).find(([, , key]) => key === event.key.toLowerCase());
    if (!found) return;
    event.preventDefault();
    found[1](box);
  });
  box.before(bar);
}

// Names: a list below the box while an @ is being typed

function names(box, address, words) {
  const list = element("ul", { className: "names", role: "listbox", id: `${box.id}-names`, hidden: true, ariaLabel: words.names });
  const told = element("span", { className: "masthead", role: "status" });
  let at = -1, waiting, asked = 0;
  const options = () => [...list.children];
  const set = (name, value) => box.setAttribute(`aria-${name}`, value);
  set("autocomplete", "list");
  set("controls", list.id);
  box.after(list, told);

  function close() {
    asked += 1;
    clearTimeout(waiting);
    list.hidden = true;
    at = -1;
    box.removeAttribute("aria-activedescendant");
    told.textContent = "";
  }
  function mark(to) {
    at = (to + options().length) % options().length;
    options().forEach((option, each) => { option.ariaSelected = String(each === at); });
    options()[at].scrollIntoView({ block: "nearest" });
    set("activedescendant", options()[at].id);
  }
  function take(option) {
    const typed = box.value.slice(0, box.selectionStart).match(AT);
    if (!typed) return close();
    box.setSelectionRange(box.selectionStart - typed[1].length, box.selectionStart);
    type(box, `${option.textContent} `);
    close();
  }
  async function ask(beginning) {
    const mine = ++asked;
    let found = [];
    try {
      const answer = await fetch(`${address}?${new URLSearchParams({ q: beginning })}`);
      if (answer.ok) found = (await answer.json()).names;
    } catch { /* offline */ }
    if (mine !== asked) return;
    if (!found.length || document.activeElement !== box) return close();
    list.replaceChildren(...found.map((name, each) => element("li", { role: "option", id: `${list.id}-${each}`, textContent: name, dir: "auto" })));
    list.hidden = false;
    told.textContent = words.found.replace("{n}", found.length);
    mark(0);
  }
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    const typed = box.selectionStart === box.selectionEnd && box.value.slice(0, box.selectionStart).match(AT);
    if (!typed) return close();
    waiting = setTimeout(ask, PAUSE, typed[1]);
  });
  box.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const does = {
      ArrowDown: () => mark(at + 1),
      ArrowUp: () => mark(at - 1),
      Enter: () => take(options()[at]),
      Tab: () => take(options()[at]),
      Escape: close,
    }[event.key];
    if (!does) return;
    event.preventDefault();
    event.stopPropagation();
    does();
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("li");
    if (option) take(option);
  });
  box.addEventListener("blur", close);
}

// Preview: the same form, sent to be looked at only

function preview(form, box) {
  const button = form.querySelector("[name=preview]");
  if (!button) return;
  const words = JSON.parse(form.dataset.words);
  const place = form.querySelector(".look") ?? form.insertBefore(element("div", { className: "look" }), form.firstChild);
  async function show() {
    const sent = new URLSearchParams(new FormData(form));
    sent.set("preview", "1");
    const answer = await fetch(form.action, { method: "POST", body: sent, headers: { Accept: "application/json" } });
    const { html, held = [], anyway, problem } = await answer.json();
    place.replaceChildren();
    if (problem) return place.append(element("p", { className: "problem", role: "alert", textContent: problem }));
    const said = element("div", { className: "said" });
    said.innerHTML = policy.createHTML(html);
    const shown = element("section", { className: "preview", ariaLabel: words.preview, tabIndex: -1 }, element("h3", { textContent: words.preview }), said);
    place.append(shown);
    if (held.length) place.append(element("div", { className: "note" }, element("p", { textContent: words.held }), element("ul", {}, ...held.map((why) => element("li", { textContent: why })))));
    form.elements.anyway.value = anyway;
    shown.focus();
  }
  button.addEventListener("click", (event) => {
    if (!box.value.trim()) return;
    event.preventDefault();
    event.stopPropagation();
    button.disabled = true;
    show().catch(() => { form.requestSubmit(); }).finally(() => { button.disabled = false; });
  });
}

export function equip(form) {
  if (form.dataset.equipped) return;
  form.dataset.equipped = "1";
  const box = form.querySelector("textarea");
  const words = JSON.parse(form.dataset.words);
  toolbar(box, words);
  if (form.dataset.names) names(box, form.dataset.names, words);
  preview(form, box);
}

// Quoting: what is selected in a comment, put into the reply to it

let offered = null;

export function offerQuote(word) {
  const selection = getSelection();
  const said = selection.anchorNode?.parentElement?.closest(".c > .said");
  const fits = said && !selection.isCollapsed && said.contains(selection.focusNode) && selection.toString().trim();
  const reply = fits && said.closest(".c").querySelector(":scope > .act .reply");
  if (!reply) {
    if (!offered?.contains(document.activeElement)) offered?.remove();
    return;
  }
  const text = selection.toString().trim();
  offered ??= element("button", { type: "button", className: "plain quotes", textContent: word });
  offered.onclick = () => {
    offered.remove();
    document.dispatchEvent(new CustomEvent("rejoinder:reply", { detail: reply }));
    const box = reply.closest(".c").querySelector("textarea");
    if (!box) return;
    const quote = text.split(/\n+/).map((line) => `> ${line}`).join("\n");
    box.setSelectionRange(box.value.length, box.value.length);
    type(box, `${box.value.trim() ? "\n\n" : ""}${quote}\n\n`);
  };
  offered.onpointerdown = (event) => event.preventDefault();
  reply.after(offered);
}
