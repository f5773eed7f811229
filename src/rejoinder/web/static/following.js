// Recommending and more replies without leaving the page, and the way to a comment that is not on it. Loaded when somebody
// first wants one of them.

const figure = (form, n, pressed) => {
  form.querySelector("button").ariaPressed = pressed;
  const count = form.querySelector("b");
  count.dataset.n = n;
  count.textContent = n ? n.toLocaleString(document.documentElement.lang) : "";
};

// Shows it at once; what the server says is what stays. What it refuses, the plain form explains.
export async function vote(form) {
  if (form.dataset.sent) return;
  form.dataset.sent = 1;
  const was = form.querySelector("button").ariaPressed === "true";
  const n = Number(form.querySelector("b").dataset.n);
  const { pathname } = new URL(form.action);
  const send = () => fetch(`/api/v1/sites${pathname}ation`, { method: was ? "DELETE" : "PUT" });
  figure(form, n + (was ? -1 : 1), !was);
  try {
    let answer = await send();
    if (answer.status === 403) { // perhaps for want of a cookie that the form's own page gives
      await fetch(pathname);
      answer = await send();
    }
    if (!answer.ok) {
      figure(form, n, was);
      return form.submit();
    }
    const { recommended, mine } = await answer.json();
    figure(form, recommended, mine);
  } catch {
    figure(form, n, was); // offline
  } finally {
    delete form.dataset.sent;
  }
}

// The browser reads the thread's page without running anything of it.
const read = (address) => new Promise((done, failed) => {
  const asking = new XMLHttpRequest();
  asking.open("GET", address);
  asking.responseType = "document";
  asking.onload = () => (asking.status === 200 ? done(asking.response) : failed());
  asking.onerror = failed;
  asking.send();
});

export async function show(link) {
  const [line, item] = [link.parentElement, link.closest(".thread > li")];
  if (link.ariaBusy) return;
  link.ariaBusy = true;
  try {
    const page = await read(link.href);
    const found = page.querySelector(".thread > li > ol");
    const here = item.querySelector(":scope > ol");
    const known = new Set([...item.querySelectorAll(".c")].map((comment) => comment.id));
    const first = [...found.querySelectorAll(".c")].find((comment) => !known.has(comment.id));
    if (!here) line.before(found);
    else if (link.search) here.append(...found.children);
    else here.replaceWith(found);
    line.replaceWith(...page.querySelectorAll(".more"));
    if (!first) return;
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
  } catch { location.assign(link.href); }
}

// A link to a comment that this page of the discussion does not hold leads to its thread.
export function find() {
  const id = location.hash.slice(3);
  location.replace(`/${location.pathname.split("/")[1]}/comments/${id}${location.hash}`);
}
