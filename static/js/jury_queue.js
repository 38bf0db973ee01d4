/* Answers of a juror on their way to the server. Each is kept on the device before it is sent and
   until the server has it, so that neither a lost connection nor a closed tab loses one; each has a
   key of its own, so that one sent twice is cast once. Kept under the juror and the round: whoever
   signs in next on the same tablet never sends them. A page works with the queue by events:
   "jury:act" puts an answer in, "jury:answer" tells what became of it. */

const PATIENCE = 20_000; // milliseconds for one answer of the server
const LONGEST_WAIT = 60_000;
const SLOW = 600; // after which it is said that an answer is on its way
const words = document.getElementById("jury-mots")?.dataset ?? {};

function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");
}

/* crypto.randomUUID is for secure pages only; a rehearsal may be on plain HTTP. */
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const text = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/* Where a browser keeps nothing, for as long as the page is open. */
class Memory extends Map {
  getItem(key) { return this.get(key) ?? null; }
  setItem(key, value) { this.set(key, value); }
  removeItem(key) { this.delete(key); }
}

class Queue {
  constructor(part) {
    this.part = part;
    this.prefix = `jury:${part.dataset.juror}:${part.dataset.round}:`;
    this.status = part.querySelector("[data-jury-status]");
    this.memory = new Memory();
    this.held = new Map(); // answers that wait for a decision of the juror's
    this.trouble = "";
    this.current = "";
    this.count = 0;
    this.wait = 1_000;
    this.timer = null;
    part.addEventListener("jury:act", (event) => this.put(event.detail));
    part.addEventListener("jury:settle", (event) => this.settle(event.detail));
    addEventListener("online", () => this.start());
    addEventListener("focus", () => this.start());
    document.addEventListener("visibilitychange", () => document.hidden || this.start());
    if (this.entries().length) {
      this.start();
    }
  }

  /* One item of the storage for each answer: two tabs never overwrite each other. */
  entries() {
    const found = [...this.memory];
    try {
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith(this.prefix)) { found.push([key, localStorage.getItem(key)]); }
      }
    } catch { /* the memory is all there is */ }
    const read = found.filter(([, text]) => text).map(([key, text]) => [key, JSON.parse(text)]);
    return read.sort(([one], [other]) => (one < other ? -1 : 1));
  }

  store(key, entry) {
    try {
      localStorage.setItem(key, JSON.stringify(entry));
    } catch {
      this.memory.setItem(key, JSON.stringify(entry));
    }
  }

  remove(key) {
    this.memory.removeItem(key);
    this.held.delete(key);
    try { localStorage.removeItem(key); } catch { /* it was in the memory */ }
  }

  put({ number, fields, basedOn }) {
    this.count += 1;
    if (number === "order") { // only the last order matters
      for (const [key, entry] of this.entries()) {
        if (entry.number === "order" && key !== this.current && !this.held.has(key)) {
          this.remove(key);
        }
      }
    }
    const key = `${this.prefix}${Date.now()}-${String(this.count).padStart(6, "0")}`;
    this.store(key, { number, fields, basedOn, act: newKey() });
    this.trouble = "";
    this.at = ""; // the same hour is said again
    this.tell();
    this.start();
  }

  start() {
    clearTimeout(this.timer);
    if (this.isSending) {
      this.isWanted = true;
      return;
    }
    this.isSending = true;
    /* Two tabs of one juror take turns; where there are no locks, keys make repeats harmless. */
    const turn = navigator.locks
      ? navigator.locks.request(this.prefix, () => this.drain())
      : this.drain();
    turn.finally(() => {
      this.isSending = false;
      this.current = "";
      this.tell();
      if (this.isWanted) {
        this.isWanted = false;
        this.start();
      }
    });
  }

  async drain() {
    this.trouble = "";
    for (;;) {
      const entries = this.entries();
      const halted = new Set([...this.held.keys()].map((key) => JSON.stringify(
        entries.find(([one]) => one === key)?.[1].number,
      )));
      const next = entries.find(([, entry]) => !halted.has(JSON.stringify(entry.number)));
      if (!next) {
        break;
      }
      [this.current] = next;
      const slow = setTimeout(() => this.tell(words.saving), SLOW);
      const isDone = await this.send(...next);
      clearTimeout(slow);
      if (!isDone) {
        return;
      }
    }
    this.wait = 1_000;
    if (this.isLate) {
      location.assign(this.part.dataset.address);
    }
  }

  /* True where the queue may go on to the next. */
  async send(key, entry) {
    const where = entry.number === "order" ? "classement/" : `affiches/${entry.number}/`;
    const body = new URLSearchParams({
      ...entry.fields, seat: this.part.dataset.seat, act: entry.act, based_on: entry.basedOn,
    });
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1]
      ?? document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
    let response;
    try {
      response = await fetch(this.part.dataset.address + where, {
        method: "POST",
        body,
        headers: { Accept: "application/json", "X-CSRFToken": token },
        redirect: "manual",
        keepalive: true,
        signal: AbortSignal.timeout(PATIENCE),
      });
    } catch {
      return this.postpone();
    }
    if (response.status >= 500 || response.status === 429) {
      return this.postpone();
    }
    const said = await response.json().catch(() => ({}));
    return this.receive(key, entry, response.status === 404 ? { state: "gone" } : said);
  }

  postpone() {
    this.trouble = "offline";
    this.timer = setTimeout(() => this.start(), this.wait);
    this.wait = Math.min(LONGEST_WAIT, this.wait * 2);
    return false;
  }

  receive(key, entry, said) {
    if (said.state === "saved") {
      this.remove(key);
      this.at = said.at;
      this.follow(entry, said);
    } else if (said.state === "late") {
      this.remove(key);
      this.isLate = true;
    } else if (["changed", "gone", "invalid"].includes(said.state)) {
      this.held.set(key, said);
    } else {
      /* Signed off, somebody else's session, or none: nothing leaves until that has changed. */
      this.trouble = said.state === "signed_off" ? "signedOff" : said.state ?? "session";
    }
    const detail = { key, entry, said };
    this.part.dispatchEvent(new CustomEvent("jury:answer", { detail }));
    return !this.trouble;
  }

  /* What was answered on this device after this one has seen it; not what came from another. */
  follow(entry, { n }) {
    for (const [key, later] of this.entries()) {
      const hasSeen = n === entry.basedOn + 1
        || Object.keys(later.fields).every((name) => name in entry.fields);
      if (later.number === entry.number && later.basedOn < n && hasSeen) {
        this.store(key, { ...later, basedOn: n });
      }
    }
  }

  /* The juror has decided: keep what is here, or what the server has. */
  settle({ key, keepsThis }) {
    const said = this.held.get(key);
    const found = this.entries().find(([one]) => one === key);
    if (found && keepsThis) {
      this.held.delete(key);
      this.store(key, { ...found[1], basedOn: said.n });
    } else if (found) {
      for (const [one, entry] of this.entries()) {
        if (entry.number === found[1].number) { this.remove(one); }
      }
    }
    this.start();
  }

  /* What waits, said once; the way to sign in again where that is what it takes. */
  tell(passing = "") {
    const text = passing || this.words();
    if (!this.status || text === this.said || (!text && this.said === undefined)) {
      return; // without a word of ours, what the server has written is still true
    }
    const count = this.entries().length;
    this.said = text;
    this.status.hidden = !text;
    this.status.textContent = text;
    this.status.classList.toggle("jury-status--waiting", count > 0 && !passing);
    this.offerSignIn(count && ["session", "another"].includes(this.trouble));
  }

  words() {
    const count = this.entries().length;
    const said = [];
    if (count && this.trouble === "offline") {
      said.push(count === 1 ? words.offlineOne : fill(words.offline, { count }));
    } else if (count && this.trouble) {
      said.push(fill(words[this.trouble] ?? words.session, { count }));
    } else if (!count && this.at) {
      said.push(fill(words.saved, { time: this.at }));
    } else if (this.held.size && !this.part.querySelector("[data-jury-notices]")) {
      const [key] = this.held.keys();
      const number = this.entries().find(([one]) => one === key)?.[1].number;
      said.push(fill(words.undecided, { number }));
    }
    if (this.memory.size) {
      said.push(words.memory);
    }
    return said.join(" ");
  }

  offerSignIn(isWanted) {
    this.offer?.remove();
    const template = document.getElementById("jury-connexion");
    if (isWanted && template) {
      this.offer = document.createElement("p");
      this.offer.className = "jury-offer";
      this.offer.append(template.content.cloneNode(true));
      this.offer.querySelector("[data-again]").addEventListener("click", () => this.start());
      this.status.after(this.offer);
    }
  }
}

for (const part of document.querySelectorAll("[data-jury-queue]")) {
  part.juryQueue = new Queue(part);
}

/* A page kept whole by the browser would show answers of a while ago. */
addEventListener("pageshow", (event) => event.persisted && location.reload());
