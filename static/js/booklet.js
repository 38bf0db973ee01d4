/* The page of a booklet on its way: asks how far it is until it is ready. Works without this file,
   where the page reloads itself. Only the end is said aloud. */

const EVERY = 2000;

async function fresh(address) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.getElementById("recueil");
}

async function follow(shown, said) {
  while (shown.dataset.booklet) {
    await new Promise((done) => setTimeout(done, EVERY));
    const next = await fresh(shown.dataset.booklet).catch(() => undefined);
    if (next === undefined) {
      continue; /* The network is away: the next round will tell. */
    }
    if (next === null) {
      return; /* Another page was sent. */
    }
    const isOver = !next.dataset.booklet;
    const hadFocus = shown.contains(document.activeElement);
    if (hadFocus && !isOver) {
      continue; /* Replacing what has the focus would lose it. */
    }
    shown.replaceChildren(...next.childNodes);
    if (isOver) {
      delete shown.dataset.booklet;
      const link = shown.querySelector("a");
      said.textContent = link ? shown.dataset.ready : shown.dataset.failed;
      if (hadFocus && link) {
        link.focus();
      }
    }
  }
}

const shown = document.getElementById("recueil");
const said = document.querySelector("[data-said]");
if (shown && said) {
  follow(shown, said);
}
