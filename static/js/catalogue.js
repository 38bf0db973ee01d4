/* The catalogue in place: its links and its form change the list without leaving the page. The
   addresses are the same, and everything works without this file. A link with `data-reload` is left
   to the browser. Whoever draws something in the list listens to "catalogue:updated" on the
   document. */

const catalogue = document.querySelector("[data-catalogue]");
let asked = null;

function part(root, name) {
  return root.querySelector(`[data-part="${name}"]`);
}

/* What was folded or unfolded stays so. */
function folds(root) {
  return new Map([...root.querySelectorAll("[data-fold]")].map((one) => [one.dataset.fold, one.open]));
}

function replace(page) {
  const folded = folds(catalogue);
  const next = page.querySelector("[data-catalogue]");
  if (!next) {
    return false;
  }
  for (const one of catalogue.querySelectorAll("[data-part]")) {
    one.replaceChildren(...part(next, one.dataset.part).childNodes);
  }
  for (const one of catalogue.querySelectorAll("[data-fold]")) {
    if (folded.has(one.dataset.fold)) {
      one.open = folded.get(one.dataset.fold);
    }
  }
  catalogue.querySelector("[name=q]").value = next.querySelector("[name=q]").value;
  document.title = page.title;
  return true;
}

/* The focus stays where it was, or goes to the number of results where that is gone. */
function focusAfter(key, toList) {
  const same = key && [...catalogue.querySelectorAll("[data-choice]")].find((one) => one.dataset.choice === key);
  const count = catalogue.querySelector("[data-count]");
  if (same) {
    same.focus({ preventScroll: true });
  } else if (toList && count) {
    count.focus({ preventScroll: true });
    count.scrollIntoView({ block: "start" });
  }
}

async function show(address, { push, key, toList }) {
  asked?.abort();
  const own = new AbortController();
  asked = own;
  const results = part(catalogue, "results");
  results.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, { signal: own.signal });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (!response.ok || own.signal.aborted || !replace(page)) {
      throw new Error("no catalogue");
    }
  } catch {
    if (!own.signal.aborted) {
      window.location.assign(address); // the browser says what is wrong
    }
    return;
  }
  results.removeAttribute("aria-busy");
  if (push) {
    window.history.pushState({ catalogue: true }, "", address);
  }
  focusAfter(key, toList);
  catalogue.querySelector("[data-said]").textContent = [
    ...catalogue.querySelectorAll(".catalogue-slip, [data-count]"),
  ].map((one) => one.textContent.trim()).join(". ");
  document.dispatchEvent(new CustomEvent("catalogue:updated"));
}

function isPlain(event) {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}

function start() {
  const here = window.location.pathname;
  /* Back to what the browser shows when it arrives. */
  window.history.replaceState({ ...window.history.state, catalogue: true }, "");

  catalogue.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || !isPlain(event) || event.defaultPrevented || "reload" in link.dataset) {
      return;
    }
    const address = new URL(link.href);
    if (address.origin !== window.location.origin || address.pathname !== here) {
      return;
    }
    event.preventDefault();
    show(address, { push: true, key: link.dataset.choice, toList: !link.dataset.choice });
  });

  catalogue.addEventListener("submit", (event) => {
    const form = event.target.closest("form[role=search]");
    if (!form) {
      return;
    }
    event.preventDefault();
    const address = new URL(form.action);
    address.search = new URLSearchParams(new FormData(form)).toString();
    show(address, { push: true });
  });

  window.addEventListener("popstate", (event) => {
    if (event.state?.catalogue) {
      show(window.location.href, { push: false });
    }
  });
}

if (catalogue) {
  start();
}
