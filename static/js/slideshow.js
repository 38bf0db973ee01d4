/* The slideshow turns by itself, from one page of it to the next; without this file its links do.

   The next poster is asked for while the present one is shown, so that the list is always the
   server's: a poster withdrawn leaves, a new one comes. When the network drops, those already seen
   go round until it is back. */

const KEPT = 60; // slides in memory, some hundred kilobytes each
const PATIENCE = 15000; // milliseconds for an answer that nobody waits for yet
const HURRY = 3000; // milliseconds for one that is late
const QUIET_AFTER = 4000; // milliseconds without a move until the buttons leave

const stage = document.querySelector("[data-slideshow]");
const controls = document.querySelector("[data-controls]");
let current = document.querySelector("[data-slide]");
const kept = new Map(); // number → slide, in the order in which they came
let timer = 0;
let ahead = null; // the promise of what `find` gives
let isPlaying = true;
let lock = null;

const number = (slide) => Number(slide.dataset.number);

/* The server's answer says what lies between two posters: nothing. */
function forgetBetween(before, after) {
  for (const known of kept.keys()) {
    const isBetween = before < after
      ? known > before && known < after
      : known > before || known < after;
    if (isBetween) {
      kept.delete(known);
    }
  }
}

function keep(slide) {
  kept.delete(number(slide));
  kept.set(number(slide), slide);
  if (kept.size > KEPT) {
    kept.delete(kept.keys().next().value);
  }
}

async function pictureIn(slide) {
  const picture = slide.querySelector("img");
  if (picture) {
    picture.loading = "eager";
    await picture.decode().catch(() => {}); // an unreadable picture must not stop the others
  }
  return slide;
}

async function ask(address, patience) {
  const answer = await fetch(address, { signal: AbortSignal.timeout(patience) });
  if (!answer.ok || answer.redirected) {
    throw new Error(`${answer.status}`);
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const received = page.querySelector("[data-slide]");
  if (!received) {
    throw new Error("no slide");
  }
  const known = kept.get(number(received));
  const isSame = known
    && known.querySelector("img")?.getAttribute("src") === received.querySelector("img")?.getAttribute("src");
  if (isSame) { // its picture is here already
    known.dataset.previous = received.dataset.previous;
    known.dataset.following = received.dataset.following;
    return known;
  }
  return pictureIn(document.adoptNode(received));
}

/* Without the network, the slide after or before this one among those kept, round and round. */
function keptBeside(slide, direction) {
  const numbers = [...kept.keys()].sort((one, other) => one - other);
  const at = numbers.indexOf(number(slide));
  return kept.get(numbers.at((at + direction) % numbers.length));
}

/* The slide to go on to, and whether the server has named it. */
async function find(slide, direction, patience = PATIENCE) {
  try {
    const address = direction > 0 ? slide.dataset.following : slide.dataset.previous;
    const found = await ask(address, patience);
    const ends = direction > 0 ? [number(slide), number(found)] : [number(found), number(slide)];
    forgetBetween(...ends);
    return { slide: found, isNamed: true };
  } catch {
    return { slide: keptBeside(slide, direction), isNamed: false };
  }
}

function show(slide) {
  keep(slide);
  if (slide !== current) {
    slide.classList.add("show__slide--coming");
    current.replaceWith(slide);
    current = slide;
    slide.getBoundingClientRect(); // the transition starts from what is drawn now
    slide.classList.remove("show__slide--coming");
    const link = (name) => controls.querySelector(`[data-step="${name}"]`);
    link("previous").href = slide.dataset.previous;
    link("following").href = slide.dataset.following;
    const title = slide.querySelector("h1").textContent.trim();
    document.title = [title, ...document.title.split(" – ").slice(-4)].join(" – ");
    const address = new URL(location.href);
    address.searchParams.set("affiche", slide.dataset.number);
    history.replaceState(null, "", address);
  }
  ahead = find(current, 1);
  wait();
}

function wait() {
  clearTimeout(timer);
  if (isPlaying) {
    timer = setTimeout(() => step(1), Number(stage.dataset.seconds) * 1000);
  }
}

let turning = Promise.resolve();

function step(direction) {
  clearTimeout(timer);
  turning = turning.then(async () => {
    const ready = direction > 0 ? await ahead : null;
    const next = ready?.isNamed ? ready : await find(current, direction, HURRY);
    show(next.slide);
  }).catch(wait); // whatever happens, the next turn comes
  return turning;
}

async function keepAwake() {
  try {
    if (isPlaying && !lock && document.visibilityState === "visible") {
      lock = await navigator.wakeLock?.request("screen") ?? null;
      lock?.addEventListener("release", () => { lock = null; });
    } else if (!isPlaying) {
      await lock?.release();
    }
  } catch {
    lock = null; // the battery may be low: the show goes on
  }
}

function play(isWanted) {
  isPlaying = isWanted;
  const button = controls.querySelector("[data-pause]");
  button.textContent = isPlaying ? button.dataset.pauseWords : button.dataset.playWords;
  /* Read aloud only what the visitor turns themselves. */
  stage.setAttribute("aria-live", isPlaying ? "off" : "polite");
  keepAwake();
  wait();
}

function toggleFullScreen() {
  if (document.fullscreenElement) {
    document.exitFullscreen();
  } else {
    document.documentElement.requestFullscreen?.().catch(() => {});
  }
}

let quiet = 0;

function stir() {
  document.body.classList.remove("show--quiet");
  clearTimeout(quiet);
  quiet = setTimeout(() => document.body.classList.add("show--quiet"), QUIET_AFTER);
}

function prepare() {
  controls.querySelector("[data-pause]").hidden = false;
  controls.querySelector("[data-full-screen]").hidden = !document.fullscreenEnabled;

  controls.addEventListener("click", (event) => {
    const link = event.target.closest("[data-step]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      step(link.dataset.step === "following" ? 1 : -1);
    } else if (event.target.closest("[data-pause]")) {
      play(!isPlaying);
    } else if (event.target.closest("[data-full-screen]")) {
      toggleFullScreen();
    }
  });

  document.addEventListener("keydown", (event) => {
    stir();
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const isOnButton = event.target.closest("a, button") !== null;
    if (event.key === "ArrowRight" || event.key === "PageDown") {
      step(1);
    } else if (event.key === "ArrowLeft" || event.key === "PageUp") {
      step(-1);
    } else if (event.key === " " && !isOnButton) {
      play(!isPlaying);
    } else if (event.key === "f" || event.key === "F") {
      toggleFullScreen();
    } else {
      return;
    }
    event.preventDefault();
  });

  document.addEventListener("pointermove", stir);
  document.addEventListener("focusin", stir);
  document.addEventListener("visibilitychange", keepAwake);
  stir();
  play(true);
  show(current);
}

if (current) {
  prepare();
} else {
  setTimeout(() => location.reload(), 60000); // until there is a poster to show
}
