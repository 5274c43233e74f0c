// The page of an intake: who may be known already is looked up while the name, a number or the day of birth is typed, and
// Ctrl+Enter keeps it all. They go in the body of a request. Without script the page has a button that asks the same.

const QUIET = 600; // milliseconds without a key before somebody is looked up
const SHORTEST = 3;

const form = document.querySelector("[data-desk]");
const place = form?.querySelector("[data-known]");
const names = ["name", "other_names", "phone", "a_number", "birth_date"].map((name) => form?.elements.namedItem(name)).filter(Boolean);
let asked = "";
let waiting = 0;
let turn = 0;

function typed() {
  return names.map((field) => field.value.trim()).join("\n");
}

async function look() {
  const wanted = typed();
  if (wanted === asked || Math.max(...names.map((field) => field.value.trim().length)) < SHORTEST) return;
  asked = wanted;
  const mine = ++turn;
  const body = new URLSearchParams(names.map((field) => [field.name, field.value]));
  body.set("_csrf_token", form.elements.namedItem("_csrf_token").value);
  try {
    const answer = await fetch("/intake/known", { method: "POST", body, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) throw new Error(`The page answered ${answer.status}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const content = page.querySelector("[data-known-content]");
    if (mine === turn && content) place.replaceChildren(...content.childNodes);
  } catch {
    asked = ""; // the connection was lost: the next key, or the button, asks again
    form.querySelector("[data-no-script]").hidden = false;
  }
}

function later() {
  clearTimeout(waiting);
  waiting = setTimeout(look, QUIET);
}

if (form && place) {
  form.querySelector("[data-no-script]").hidden = true;
  for (const field of names) field.addEventListener("input", later);
  form.addEventListener("keydown", (key) => {
    if (key.key !== "Enter") return;
    const keeps = key.ctrlKey || key.metaKey;
    // Enter alone would press the first button of the form, which is hidden: a field is no place to send from.
    if (keeps || key.target.matches("input")) key.preventDefault();
    if (keeps) form.requestSubmit(form.querySelector('[name="do"][value="screen"]'));
  });
}
