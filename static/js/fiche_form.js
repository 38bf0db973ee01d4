/* Saves a step of a fiche while one types. What is typed is kept in the browser first, under the
   account, the fiche and the step, and stays there until the server has it: neither a lost
   connection, nor a session that ended, nor a closed tab loses a word. Without this script the
   buttons of the page do the same work. */

const PAUSE = 1_500; // milliseconds after the last key
const SLOW = 700; // after which it is said that the text is on its way
const PATIENCE = 20_000;
const LONGEST_WAIT = 60_000;
const OWN_FIELDS = ["csrfmiddlewaretoken", "do", "revision", "seen", "key"];
const words = document.getElementById("fiche-mots")?.dataset ?? {};

function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");
}

class Step {
  constructor(form) {
    this.form = form;
    this.bar = form.querySelector("[data-fiche-bar]");
    this.status = form.querySelector("[data-fiche-status]");
    this.halt = ""; // why nothing is sent until the page is another one
    this.trouble = ""; // why the last attempt did not arrive
    this.wait = 1_000;
    form.addEventListener("input", () => this.touch());
    form.addEventListener("submit", (event) => this.leave(event));
    document.addEventListener("click", (event) => this.follow(event));
    const again = () => this.isDirty && this.trouble && this.save();
    addEventListener("online", again);
    addEventListener("focus", again);
    addEventListener("beforeunload", (event) => {
      if (this.isDirty && this.isForgetful) { event.preventDefault(); }
    });
    document.addEventListener("visibilitychange", () => this.isDirty && this.save());
    this.recover();
  }

  get key() { // of what is kept in the browser
    return ["account", "fiche", "step"].reduce((key, name) => `${key}:${this.form.dataset[name]}`, "fiche");
  }

  field(name) { return this.form.querySelector(`input[name="${name}"]`); }

  /* What is typed, without files and without what the page draws itself. */
  typed(withOwn = false) {
    return [...new FormData(this.form)].filter(([name, value]) => (
      typeof value === "string" && (withOwn || !OWN_FIELDS.includes(name))
    ));
  }

  store() {
    const [seen, key] = ["seen", "key"].map((name) => this.field(name).value);
    const { title } = this.form.dataset;
    const address = this.form.getAttribute("action"); // for `space.js`, which leads back here
    const entry = JSON.stringify({ typed: this.typed(), at: Date.now(), seen, key, title, address });
    try { localStorage.setItem(this.key, entry); } catch { this.isForgetful = true; }
  }

  stored() {
    try { return JSON.parse(localStorage.getItem(this.key)); } catch { return null; }
  }

  forget() {
    try { localStorage.removeItem(this.key); } catch { /* nothing was kept */ }
  }

  touch() {
    this.isDirty = true;
    this.store();
    clearTimeout(this.timer);
    if (!this.halt) {
      this.timer = setTimeout(() => this.save(), PAUSE);
    }
  }

  /* One request at a time; true where nothing keeps the page from going on. */
  async save() {
    clearTimeout(this.timer);
    if (this.halt) {
      return true;
    }
    if (this.sending) {
      await this.sending;
    }
    if (!this.isDirty) {
      return true;
    }
    this.sending = this.send();
    const isDone = await this.sending;
    this.sending = null;
    return isDone;
  }

  async send() {
    const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
    if (cookie) {
      // Signing in again, in another tab, has drawn another token.
      this.field("csrfmiddlewaretoken").value = cookie;
    }
    const body = new URLSearchParams(this.typed(true));
    body.set("do", "autosave");
    body.set("account", this.form.dataset.account);
    const sent = JSON.stringify(this.typed());
    const slow = setTimeout(() => this.tell(words.saving), SLOW);
    let response;
    try {
      response = await fetch(this.form.getAttribute("action"), {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
        redirect: "manual",
        signal: AbortSignal.timeout(PATIENCE),
      });
    } catch {
      return this.postpone("offline");
    } finally {
      clearTimeout(slow);
    }
    if (response.status >= 500 || response.status === 429) {
      return this.postpone("trouble");
    }
    const said = await response.json().catch(() => null);
    return said ? this.receive(said, sent) : this.postpone("trouble");
  }

  postpone(trouble) {
    this.trouble = trouble;
    this.tell(words[trouble], true);
    this.timer = setTimeout(() => this.save(), this.wait);
    this.wait = Math.min(LONGEST_WAIT, this.wait * 2);
    return false;
  }

  receive(said, sent) {
    this.trouble = "";
    this.wait = 1_000;
    if (said.state === "saved") {
      return this.keep(said, sent);
    }
    if (said.state === "session" || said.state === "another") {
      this.trouble = said.state;
      this.tell(words[said.state], true, "fiche-connexion");
      return false;
    }
    if (said.state === "conflict") {
      this.halt = said.state;
      this.tell(words.conflict, true, "fiche-comparaison");
    } else if (said.state === "refused") {
      this.halt = said.state;
      this.tell(said.words, true);
    } else {
      this.tell(said.words ?? words.invalid, said.state === "invalid");
    }
    return true;
  }

  keep(said, sent) {
    this.field("revision").value = said.revision;
    this.field("seen").value = said.seen;
    for (const [name, value] of Object.entries(said.rows)) {
      const field = this.field(name);
      if (field) { field.value = value; }
    }
    if (this.form.dataset.fiche !== said.fiche) {
      this.forget();
      this.form.dataset.fiche = said.fiche;
      this.form.setAttribute("action", said.address);
      history.replaceState(null, "", said.address);
    }
    this.point(said.faults);
    const count = said.faults.length;
    const sentence = count ? (count === 1 ? words.butOne : words.but) : words.saved;
    this.tell(fill(sentence, { time: said.at, count }));
    const without = (pairs) => JSON.stringify(pairs.filter(([name]) => !(name in said.rows)));
    if (without(this.typed()) !== without(JSON.parse(sent))) {
      this.touch();
      return true;
    }
    this.isDirty = false;
    if (!count) { this.forget(); } // what is typed wrongly stays in the browser
    return true;
  }

  /* What is typed wrongly is said beside it. */
  point(faults) {
    for (const note of this.form.querySelectorAll("[data-fiche-fault]")) {
      const field = document.getElementById(note.dataset.ficheFault);
      field?.removeAttribute("aria-invalid");
      field?.setAttribute("aria-describedby", note.dataset.described);
      note.remove();
    }
    for (const { target, message } of faults) {
      const field = document.getElementById(target);
      if (field && field.getAttribute("aria-invalid") !== "true") {
        const note = document.createElement("p");
        note.className = "fr-error-text";
        note.id = `${target}_en_cours`;
        note.textContent = message;
        note.dataset.ficheFault = target;
        note.dataset.described = field.getAttribute("aria-describedby") ?? "";
        field.setAttribute("aria-invalid", "true");
        field.setAttribute("aria-describedby", `${note.dataset.described} ${note.id}`.trim());
        (field.closest("fieldset.fr-fieldset, .fr-input-group, .fr-select-group") ?? field).append(note);
      }
    }
  }

  tell(text, isTrouble = false, template = "") {
    if (!this.status) {
      return;
    }
    const said = this.isForgetful && isTrouble ? `${text} ${words.nowhere}` : text;
    if (this.status.textContent !== said) { this.status.textContent = said; }
    this.bar.classList.toggle("fiche-status--trouble", isTrouble);
    if (this.offered === template) {
      return;
    }
    this.offered = template;
    this.offer?.remove();
    if (template) {
      this.offer = document.createElement("div");
      this.offer.className = "fiche-status__offer";
      this.offer.append(document.getElementById(template).content.cloneNode(true));
      this.offer.querySelector("[data-again]")?.addEventListener("click", () => this.save());
      this.bar.append(this.offer);
    }
  }

  /* A button: the text is saved first, so that a page that does not come back loses nothing. */
  async leave(event) {
    if (this.isLeaving || this.halt || !this.isDirty) {
      return;
    }
    event.preventDefault();
    const { submitter } = event;
    if (await this.save()) {
      this.isLeaving = true;
      this.form.requestSubmit(submitter?.form === this.form ? submitter : null);
      setTimeout(() => { this.isLeaving = false; }, 1_000);
    } else {
      this.bar.scrollIntoView({ block: "nearest" });
    }
  }

  /* A link to another page: the same; where it cannot be saved, the browser keeps it. */
  async follow(event) {
    const link = event.target.closest("a[href]");
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!link || !isPlain || link.target || !this.isDirty || this.halt || this.isForgetful) {
      return;
    }
    const to = new URL(link.href, location.href);
    if (to.origin === location.origin && to.pathname !== location.pathname) {
      event.preventDefault();
      if (await this.save() || this.trouble !== "offline") { location.assign(to); }
    }
  }

  /* What was typed here before and never arrived. */
  recover() {
    const { typed, refused, conflict } = this.form.dataset;
    if (refused !== undefined) {
      this.halt = "refused"; // what the page shows may come from elsewhere: its button decides
      return;
    }
    if (typed !== undefined) {
      this.halt = conflict === undefined ? "" : "conflict";
      this.touch();
      return;
    }
    const entry = this.stored();
    if (!entry) {
      return;
    }
    const names = new Set([...this.form.elements].map((field) => field.name));
    const isSame = entry.seen === this.field("seen").value;
    if (JSON.stringify(entry.typed) === JSON.stringify(this.typed())) {
      this.forget();
    } else if (isSame && entry.typed.every(([name]) => names.has(name))) {
      this.putBack(entry);
    } else {
      this.propose(entry);
    }
  }

  putBack(entry) {
    const typed = new Map();
    for (const [name, value] of entry.typed) {
      typed.set(name, [...(typed.get(name) ?? []), value]);
    }
    for (const field of this.form.elements) {
      const values = typed.get(field.name) ?? [];
      if (field.type === "checkbox" || field.type === "radio") {
        field.checked = values.includes(field.value);
      } else if (["text", "textarea", "email", "date", "time", "select-one"].includes(field.type)) {
        field.value = values[0] ?? "";
      }
    }
    if (entry.key) { this.field("key").value = entry.key; }
    this.tell(words.restored);
    this.touch();
    this.save();
  }

  propose(entry) {
    this.halt = "proposed";
    const notice = document.getElementById("fiche-retrouver").content.cloneNode(true);
    const line = notice.querySelector("p");
    const time = new Intl.DateTimeFormat("fr-FR", { dateStyle: "long", timeStyle: "short" });
    line.textContent = fill(line.textContent, { time: time.format(new Date(entry.at)) });
    notice.querySelector("[data-find]").addEventListener("click", () => this.find(entry));
    notice.querySelector("[data-forget]").addEventListener("click", () => {
      this.forget();
      this.halt = "";
      document.getElementById("texte-retrouve").remove();
    });
    this.form.prepend(notice);
  }

  /* The server writes the page again with that text, rows and all, and saves nothing of it. */
  find(entry) {
    const sheet = document.createElement("form");
    sheet.method = "post";
    sheet.action = this.form.getAttribute("action");
    const own = [
      ["csrfmiddlewaretoken", this.field("csrfmiddlewaretoken").value],
      ["do", "resume"], ["seen", entry.seen], ["revision", ""], ["key", entry.key],
    ];
    for (const [name, value] of [...entry.typed, ...own]) {
      const field = document.createElement("input");
      [field.type, field.name, field.value] = ["hidden", name, value];
      sheet.append(field);
    }
    this.forget();
    document.body.append(sheet);
    sheet.submit();
  }
}

const form = document.querySelector("[data-fiche-form]");
if (form) {
  new Step(form);
}

/* A link from a list of what is missing leads to the field, and into it. */
const target = location.hash ? document.getElementById(location.hash.slice(1)) : null;
if (target?.matches("input, textarea, select")) {
  target.focus();
}
