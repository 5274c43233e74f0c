// What plugins show is fetched once the page is there, a few at a time so that slow ones leave room for the next page.
// Each place keeps its link to the same address: it stays where a fetch fails, and is all there is without script.

const AT_ONCE = 4;

async function fill(place) {
  const body = place.querySelector("[data-panel-body]");
  body.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(place.dataset.panel, { headers: { Accept: "text/html" }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const content = page.querySelector("[data-panel-content]");
    if (content && !body.contains(document.activeElement)) body.replaceChildren(content);
  } catch {
    // the connection was lost: the link stays
  } finally {
    body.removeAttribute("aria-busy");
  }
}

const places = [...document.querySelectorAll("[data-panel]")];

async function fillNext() {
  for (let place = places.shift(); place; place = places.shift()) await fill(place);
}

for (let at = 0; at < AT_ONCE; at += 1) fillNext();
