// Fills in how many comments stories have, in the links of a teaser page.

const links = new Map();
for (const found of document.querySelectorAll('[data-rejoinder-count], [data-rejoinder-url], a[href$="#rejoinder"]')) {
  const { rejoinderCount, rejoinderUrl } = found.dataset;
  const address = rejoinderCount || rejoinderUrl || (found.closest("a") ?? {}).href;
  if (!address) continue;
  const url = new URL(address, location).href.split("#")[0];
  links.set(url, [...(links.get(url) ?? []), found]);
}
const language = document.documentElement.lang || "en";
const plural = new Intl.PluralRules(language);
const urls = [...links.keys()];
while (urls.length) {
  const query = new URLSearchParams([["language", language], ...urls.splice(0, 100).map((url) => ["url", url])]);
  fetch(new URL(`/api/v1/counts?${query}`, import.meta.url), { credentials: "omit" })
    .then((answer) => answer.json())
    .then(({ counts, sentences }) => {
      for (const [url, n] of Object.entries(counts)) {
        const said = (sentences[plural.select(n)] ?? sentences.other).replace("{n}", n.toLocaleString(language));
        for (const found of n ? links.get(url) : []) found.textContent = said;
      }
    })
    .catch(() => {}); // what stands there stays
}
