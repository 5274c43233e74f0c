// The tab of a page that is shown is in sight, though the line of tabs scrolls on a phone.
//
// A page with progress shows itself again: fetch the page, swap its [data-live] region, until none is left.
// Without script the same page has a "Look again" link. `data-live` holds the seconds between two looks.

const SLOWEST = 30;

function regionOf(root) {
  return root.querySelector("[data-live]");
}

function swap(region, fresh) {
  if (region.innerHTML === fresh.innerHTML) return; // equal words are not announced twice
  const focused = region.contains(document.activeElement) ? document.activeElement.id : "";
  region.replaceChildren(...fresh.childNodes);
  if (focused) document.getElementById(focused)?.focus();
}

async function look(region) {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error(`The page answered ${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = regionOf(page);
  if (answer.redirected || !fresh) {
    location.replace(answer.url);
    return false;
  }
  swap(region, fresh);
  return true;
}

function watch(region) {
  const pace = Number(region.dataset.live) || 2;
  let seconds = pace;
  const again = () => setTimeout(turn, seconds * 1000);
  const turn = async () => {
    if (document.hidden) return document.addEventListener("visibilitychange", again, { once: true });
    try {
      if (!(await look(region))) return;
      seconds = pace;
    } catch {
      seconds = Math.min(seconds * 2, SLOWEST); // the connection may come back; what is shown stays
    }
    again();
  };
  again();
}

const region = regionOf(document);
if (region) watch(region);
document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
