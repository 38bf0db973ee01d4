/* What was typed in a fiche and is in this browser only: the space names it, with the way back to
   it, and signing out leaves none of it behind on a computer that others use. */

const LONGEST = 30 * 24 * 3_600_000; // milliseconds for which such a text is kept
const space = document.querySelector("[data-space]");
const notice = document.getElementById("textes-gardes");

function read(key) {
  try { return { ...JSON.parse(localStorage.getItem(key)), key }; } catch { return null; }
}

/* The texts kept by `fiche_form.js`, of this account or, with "", of every one. */
function kept(account) {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(account ? `fiche:${account}:` : "fiche:"))
      .map(read)
      .filter((text) => text?.typed);
  } catch {
    return []; // this browser keeps nothing
  }
}

function forget(texts) {
  for (const { key } of texts) { localStorage.removeItem(key); }
}

function line({ key, at, title, address }) {
  const item = document.getElementById("texte-garde").content.cloneNode(true).firstElementChild;
  const time = new Intl.DateTimeFormat("fr-FR", { dateStyle: "long", timeStyle: "short" });
  const link = item.querySelector("a");
  link.href = new URL(address ?? "/espace/", location.href).pathname;
  link.textContent = title ?? link.textContent;
  item.querySelector("[data-time]").textContent = time.format(new Date(at)).replace(":", "\u00a0h\u00a0");
  item.querySelector("button span").textContent = link.textContent;
  item.querySelector("button").addEventListener("click", () => {
    forget([{ key }]);
    item.remove();
    if (!kept(space.dataset.space).length) { notice.hidden = true; }
  });
  return item;
}

/* Nothing leaves without the writer knowing that a text goes with it. */
function hold(event) {
  if (!kept(space.dataset.space).length) {
    return;
  }
  event.preventDefault();
  notice.querySelector("[data-leaving]").hidden = false;
  notice.querySelector("[data-leave]").onclick = () => {
    forget(kept(space.dataset.space));
    event.target.requestSubmit();
  };
  notice.focus();
}

forget(kept("").filter(({ at }) => !(Date.now() - at < LONGEST)));
if (space) {
  const texts = kept(space.dataset.space);
  notice.querySelector("ul").append(...texts.map(line));
  notice.hidden = texts.length === 0;
  for (const form of document.querySelectorAll("form[data-sign-out]")) {
    form.addEventListener("submit", hold);
  }
}
