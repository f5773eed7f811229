// Brings an open page up to date when another phase begins: the sentence that says what is possible, the boxes and links
// to do it with. Comments stay where they are, and what somebody is typing stays theirs.

const typedIn = (part) => [...part.querySelectorAll("textarea")].some((box) => box.value.trim());

function replace(here, part) {
  const buttons = here.querySelectorAll(".send button");
  if (typedIn(here)) buttons.forEach((button) => { button.disabled = !part.querySelector("textarea"); }); // not lost, and not to be sent now
  else here.replaceChildren(...part.childNodes);
}

// Whether the page could be brought up to date.
export async function bringUp(policy) {
  try {
    const answer = await fetch(location.pathname + location.search, { cache: "no-cache" });
    if (!answer.ok) return false;
    const page = new DOMParser().parseFromString(policy.createHTML(await answer.text()), "text/html");
    for (const part of page.querySelectorAll("[data-part]")) {
      const here = document.querySelector(`[data-part="${part.dataset.part}"]`);
      if (here) replace(here, part);
    }
    for (const comment of page.querySelectorAll(".c[id]")) {
      const acts = comment.querySelector(":scope > .act");
      if (acts) document.getElementById(comment.id)?.querySelector(":scope > .act")?.replaceWith(acts);
    }
    document.dispatchEvent(new Event("rejoinder:parts"));
    return true;
  } catch { return false; }
}
