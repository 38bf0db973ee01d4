/* What the pages on posters gain from scripts; each of them works without this file. */

/* The wall: tick all without asking the server again, and say how many are ticked. */
function watchTicks(form) {
  const boxes = [...form.querySelectorAll("input[type=checkbox][name=poster]")];
  const all = form.querySelector("[data-tick-all]");
  const told = form.querySelector("[data-ticked]");
  if (!boxes.length || !all || !told) {
    return;
  }

  function tell() {
    const count = boxes.filter((box) => box.checked).length;
    const words = count === 1 ? told.dataset.tickedOne : told.dataset.tickedSeveral;
    told.textContent = count ? words.replace("{n}", String(count)) : "";
  }

  all.addEventListener("click", (event) => {
    event.preventDefault();
    const tick = boxes.some((box) => !box.checked);
    for (const box of boxes) {
      box.checked = tick;
    }
    tell();
  });
  form.addEventListener("change", tell);
  tell();
}

/* Files being prepared: ask how far they are until none is left. Only the end is said aloud. */
async function freshList(jobs) {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.getElementById(jobs.id);
}

async function follow(jobs) {
  while (jobs.dataset.refresh) {
    await new Promise((done) => setTimeout(done, Number(jobs.dataset.refresh) * 1000));
    const fresh = await freshList(jobs).catch(() => undefined);
    if (fresh === undefined) {
      continue; /* The network is away: the next round will tell. */
    }
    if (fresh === null) {
      return; /* Another page was sent: the session has ended. */
    }
    if (jobs.contains(document.activeElement)) {
      continue; /* Replacing what has the focus would lose it. */
    }
    jobs.replaceChildren(...fresh.childNodes);
    if (!fresh.dataset.refresh) {
      document.getElementById(jobs.dataset.told).textContent = jobs.dataset.finished;
      return;
    }
  }
}

for (const form of document.querySelectorAll("[data-ticks]")) {
  watchTicks(form);
}

for (const jobs of document.querySelectorAll("[data-refresh]")) {
  follow(jobs);
}
