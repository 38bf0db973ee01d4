/* The page of one poster: each answer leaves as it is given (jury_queue.js), keys go from poster to
   poster. Without this file the page is a form with two buttons. */

const page = document.querySelector("[data-jury-page]");
const form = page.querySelector("[data-jury-form]");
const words = document.getElementById("jury-mots").dataset;
const queue = page.juryQueue;
const number = Number(page.dataset.number);
const TYPING = 1_200; // milliseconds after the last key
const SWITCH = "jury:raccourcis";
let basedOn = Number(page.dataset.basedOn);
let typing = null;

function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");
}

function act(fields) {
  page.dispatchEvent(new CustomEvent("jury:act", { detail: { number, fields, basedOn } }));
}

/* The comment, where it has changed and has not left. */
function sendComment() {
  if (typing !== null) {
    clearTimeout(typing);
    typing = null;
    act({ comment: form.elements.comment.value });
  }
}

/* Put answers into the form, without giving them. */
function show(fields) {
  for (const [name, value] of Object.entries(fields)) {
    if (name === "comment") {
      form.elements.comment.value = value;
    } else {
      const found = form.querySelector(`input[name="${name}"][value="${value ?? ""}"]`);
      if (found) { found.checked = true; }
    }
  }
}

/* What the server has now is what the page shows, but for what has not left yet. */
function adopt(said) {
  const waiting = new Set(queue.entries()
    .filter(([, entry]) => entry.number === number)
    .flatMap(([, entry]) => Object.keys(entry.fields)));
  const names = [...form.querySelectorAll("[data-jury-question]")]
    .map((one) => one.dataset.juryQuestion);
  basedOn = Math.max(basedOn, said.n);
  show(Object.fromEntries(names
    .filter((name) => !waiting.has(name))
    .map((name) => [name, said.grades[name]])));
  const { comment } = form.elements;
  if (typing === null && comment !== document.activeElement && !waiting.has("comment")) {
    comment.value = said.comment;
  }
}

function inWords(fields) {
  return Object.entries(fields).map(([name, value]) => {
    const asked = form.querySelector(`input[name="${name}"][value="${value ?? ""}"]`);
    return asked ? asked.closest("label").textContent.trim() : value || words.none;
  }).join(", ");
}

function settled() {
  (form ?? page).querySelector("input[type=radio]:checked, textarea, a").focus();
}

/* Two answers, one of this device and one of another: the juror says which. */
function ask({ key, entry, said }) {
  const template = document.getElementById("jury-choix");
  const box = template.content.firstElementChild.cloneNode(true);
  const theirs = Object.fromEntries(Object.keys(entry.fields).map((name) => [
    name, name === "comment" ? said.comment : said.grades[name],
  ]));
  box.querySelector("[data-number]").textContent = entry.number;
  box.querySelector("[data-here]").textContent = inWords(entry.fields);
  box.querySelector("[data-there]").textContent = inWords(theirs);
  box.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) {
      const keepsThis = button.dataset.keep === "here";
      if (!keepsThis && entry.number === number) {
        basedOn = said.n;
        show(theirs);
      }
      box.remove();
      page.dispatchEvent(new CustomEvent("jury:settle", { detail: { key, keepsThis } }));
      settled();
    }
  });
  page.querySelector("[data-jury-notices]").append(box);
  box.focus();
}

/* An answer that the server will not take: say so until the juror puts it away. */
function refuse({ key, entry, said }) {
  const box = document.createElement("div");
  const text = document.createElement("p");
  const detail = Object.values(said.errors ?? {}).flat().join(" ");
  box.className = "fr-alert fr-alert--error fr-alert--sm fr-mb-2w";
  text.textContent = `${fill(words[said.state], { number: entry.number })} ${detail}`;
  box.append(text, document.getElementById("jury-refus").content.cloneNode(true));
  box.querySelector("[data-drop]").addEventListener("click", () => {
    box.remove();
    page.dispatchEvent(new CustomEvent("jury:settle", { detail: { key, keepsThis: false } }));
    settled();
  });
  page.querySelector("[data-jury-notices]").append(box);
}

page.addEventListener("jury:answer", ({ detail }) => {
  const { entry, said } = detail;
  if (said.state === "saved") {
    if (form && entry.number === number) {
      adopt(said);
    }
    page.querySelector("[data-jury-progress]").textContent = fill(words.progress, said);
    page.querySelector("[data-jury-bar]").value = said.judged;
  } else if (said.state === "changed") {
    ask(detail);
  } else if (said.state === "gone" || said.state === "invalid") {
    refuse(detail);
  }
});

function prepareForm() {
  if ("juryUnkept" in page.dataset) {
    return; // what the form holds was sent without a script, and is not kept: its buttons do it
  }
  for (const button of form.querySelectorAll("[data-without-script]")) {
    button.hidden = true;
  }
  for (const [, entry] of queue.entries()) {
    if (entry.number === number) { show(entry.fields); }
  }
  form.addEventListener("change", ({ target }) => {
    if (target.type === "radio") { act({ [target.name]: target.value }); }
  });
  form.elements.comment.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(sendComment, TYPING);
  });
  form.elements.comment.addEventListener("blur", sendComment);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sendComment();
  });
  addEventListener("pagehide", sendComment);
}

/* Without a connection the next page would not come, and this one would be gone. */
document.addEventListener("click", (event) => {
  if (!navigator.onLine && event.target.closest("a[href]:not([href^='#']):not([data-zoom])")) {
    event.preventDefault();
    const status = page.querySelector("[data-jury-status]");
    status.textContent = words.stay;
    status.classList.add("jury-status--waiting");
  }
});

function answerBy(figure) {
  const questions = [...form.querySelectorAll("[data-jury-question]")];
  const open = (one) => !one.querySelector("input:checked") || one.querySelector("input:checked").value === "";
  const asked = questions.find((one) => one.contains(document.activeElement))
    ?? questions.find(open) ?? questions[0];
  if (!asked) {
    return;
  }
  const choices = [...asked.querySelectorAll("input")];
  const byPlace = !asked.classList.contains("jury-question--scale");
  const found = byPlace
    ? choices.at(figure - 1) // 0 is the last: no answer
    : choices.find((one) => one.value === String(figure));
  if (found && figure < choices.length && !found.checked) {
    found.checked = true;
    found.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function usesShortcuts() {
  try { return localStorage.getItem(SWITCH) !== "off"; } catch { return true; }
}

function isTyping(element) {
  return element.matches("textarea, select, [contenteditable], input:not([type=radio]):not([type=checkbox])");
}

document.addEventListener("keydown", (event) => {
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
  if (!isPlain || isTyping(event.target) || document.querySelector("dialog[open]") || !usesShortcuts()) {
    return;
  }
  const leads = { n: "next", p: "previous", a: "unjudged" }[event.key.toLowerCase()];
  if (leads) {
    page.querySelector(`[data-jury-${leads}]`)?.click();
  } else if (event.key.toLowerCase() === "z") {
    page.querySelector("[data-zoom]")?.click();
  } else if (form && /^[0-9]$/.test(event.key)) {
    answerBy(Number(event.key));
  } else {
    return;
  }
  event.preventDefault();
});

function prepareSwitch() {
  const part = page.querySelector("[data-jury-shortcuts]");
  const box = part.querySelector("[data-jury-shortcuts-on]");
  part.hidden = false;
  box.checked = usesShortcuts();
  box.addEventListener("change", () => {
    try { localStorage.setItem(SWITCH, box.checked ? "on" : "off"); } catch { /* for this page */ }
  });
}

/* The next picture comes while this one is looked at. */
const next = page.querySelector("[data-jury-next-picture]");
if (next) {
  addEventListener("load", () => {
    const box = document.createElement("div");
    box.className = "jury-ahead";
    box.setAttribute("aria-hidden", "true");
    box.append(document.importNode(next.content, true));
    page.append(box);
  });
}

if (form) {
  prepareForm();
  prepareSwitch();
}
