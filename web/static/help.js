// The way out: the page is emptied at once and its place in the history is taken by the page that follows.
// Without script the same link leads there, too.

const exit = document.getElementById("exit");

exit?.addEventListener("click", (event) => {
  event.preventDefault();
  document.title = " ";
  document.body.replaceChildren();
  location.replace(exit.href);
});

// A page out of the browser's memory would show answers after somebody has left: it is fetched anew.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
