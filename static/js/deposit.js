/* The file of a poster leaves as soon as it is chosen, while one types the rest. Without this
   script it leaves with the form, and the server answers the same. What the file is worth is the
   server's to say: its answer is the part of the page about the file. */

const MEGABYTE = 1024 * 1024;

class Sending {
  constructor(box, form) {
    this.box = box;
    this.form = form;
    this.words = box.dataset;
    this.input = box.querySelector("input[type=file]");
    this.part = (name) => box.querySelector(`[data-progress${name}]`);
    this.request = null;
    this.file = null;
    this.waiting = null;
    this.told = 0;
    this.input.addEventListener("change", () => this.choose());
    this.part("-cancel").addEventListener("click", () => this.cancel());
    this.part("-again").querySelector("button").addEventListener("click", () => this.send());
    form.addEventListener("submit", (event) => this.hold(event));
  }

  /* A file was chosen: too heavy, it does not even leave. */
  choose() {
    const [file] = this.input.files;
    if (!file) {
      return;
    }
    this.abandon();
    this.file = file;
    if (file.size > Number(this.words.most)) {
      this.input.value = "";
      this.file = null;
      const weight = this.megabytes(file.size);
      this.fail(this.words.wordsHeavy.replace("{weight}", weight), false);
      return;
    }
    this.send();
  }

  send() {
    this.abandon();
    const data = new FormData();
    data.append("upload", this.file);
    const request = new XMLHttpRequest();
    request.open("POST", this.words.url);
    request.setRequestHeader("X-CSRFToken", this.token());
    request.upload.addEventListener("progress", (event) => this.progress(event));
    request.upload.addEventListener("load", () => this.show(100, this.words.wordsSent));
    request.addEventListener("load", () => this.receive(request));
    request.addEventListener("error", () => this.fail(this.words.wordsFailed, true));
    this.request = request;
    this.told = 0;
    this.tell("");
    this.show(0, this.sentWords(0));
    this.part("").hidden = false;
    request.send(data);
  }

  /* The token may have changed, where one signed in again in another tab. */
  token() {
    const found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    const field = this.form.querySelector("[name=csrfmiddlewaretoken]");
    if (found) {
      field.value = found[1];
    }
    return field.value;
  }

  progress(event) {
    if (event.lengthComputable) {
      const percent = Math.min(99, Math.floor((100 * event.loaded) / event.total));
      this.show(percent, this.sentWords(percent));
    }
  }

  sentWords(percent) {
    return this.words.wordsSending.replace("{percent}", `${percent}\u202f%`);
  }

  /* Every word is seen; a quarter is enough to be heard. */
  show(percent, words) {
    this.part("-bar").value = percent;
    this.part("-words").textContent = words;
    if (percent === 100 || percent >= this.told + 25) {
      this.told = percent;
      this.say(words);
    }
  }

  say(words) {
    this.part("-said").textContent = words;
  }

  receive(request) {
    this.part("").hidden = true;
    this.request = null;
    const answer = new DOMParser().parseFromString(request.responseText, "text/html");
    const state = answer.getElementById("fichier-etat");
    if (!state || request.status >= 500) {
      this.fail(this.words.wordsTrouble, true);
      return;
    }
    const isReceived = !("refused" in state.dataset);
    if (!isReceived) {
      // What was received before stays: only the new file is refused.
      this.keepFormer(state);
    }
    document.getElementById("fichier-etat").replaceWith(document.adoptNode(state));
    this.mark(!isReceived);
    if ("keepFile" in state.dataset) {
      this.tell("", true);
      this.stop();
      return;
    }
    // It is on the server, or of no use: the form need not carry it.
    this.input.value = "";
    this.file = null;
    this.tell("");
    this.say(isReceived ? this.words.wordsReceived : this.words.wordsRefused);
    if (!isReceived) {
      this.stop();
    } else if (this.waiting) {
      const button = this.waiting;
      this.release();
      this.form.requestSubmit(button);
    }
  }

  keepFormer(state) {
    const former = document.querySelector("#fichier-etat .deposit-files");
    const files = state.querySelector(".deposit-files");
    if (former && files && !files.querySelector("input")) {
      files.replaceWith(former);
    } else if (former && !files) {
      state.append(former);
    }
  }

  mark(isWrong) {
    this.input.toggleAttribute("aria-invalid", isWrong);
    if (isWrong) {
      this.input.setAttribute("aria-invalid", "true");
    }
    const group = this.input.closest(".fr-upload-group");
    group.classList.toggle("fr-upload-group--error", isWrong);
  }

  cancel() {
    this.abandon();
    this.fail(this.words.wordsCancelled, true, true);
    this.input.focus();
  }

  abandon() {
    if (this.request) {
      this.request.abort();
      this.request = null;
    }
    this.part("").hidden = true;
  }

  /* Nothing arrived; the file stays at hand, to be sent again here or with the form. */
  fail(words, again, isPlain = false) {
    this.request = null;
    this.part("").hidden = true;
    this.tell(words, again && this.file !== null);
    this.part("-told").classList.toggle("deposit-told--plain", isPlain);
    this.say(words);
    this.stop();
  }

  tell(words, again = false) {
    this.part("-told").textContent = words;
    this.part("-told").hidden = words === "";
    this.part("-again").hidden = !again;
  }

  /* The form waits for the file rather than to send it a second time. */
  hold(event) {
    if (!this.request) {
      return;
    }
    event.preventDefault();
    this.waiting = event.submitter;
    this.note(this.words.wordsWaiting);
  }

  stop() {
    if (this.waiting) {
      this.release();
      this.note(this.words.wordsStopped);
      this.box.scrollIntoView();
      this.input.focus({ preventScroll: true });
    }
  }

  release() {
    this.waiting = null;
    this.note("");
  }

  note(words) {
    const place = this.form.querySelector("[data-deposit-waiting]");
    if (place) {
      place.textContent = words;
    }
  }

  megabytes(bytes) {
    const number = (bytes / MEGABYTE).toLocaleString("fr-FR", { maximumFractionDigits: 1 });
    return this.words.wordsMegabytes.replace("{number}", number);
  }
}

/* How long a text is, beside how long it may be. An end of line counts for one, as on the server. */
function count(area) {
  const most = Number(area.dataset.count);
  const line = document.createElement("p");
  line.className = "deposit-count";
  line.id = `${area.id}_count`;
  area.after(line);
  const update = () => {
    const { length } = area.value;
    line.textContent = `${length.toLocaleString("fr-FR")} / ${most.toLocaleString("fr-FR")}`;
    line.classList.toggle("deposit-count--over", length > most);
  };
  area.addEventListener("input", update);
  area.setAttribute("aria-describedby", `${area.getAttribute("aria-describedby") || ""} ${line.id}`.trim());
  update();
}

const form = document.querySelector("[data-deposit-form]");
const box = form && form.querySelector("[data-deposit]");
if (box) {
  new Sending(box, form);
}
for (const area of document.querySelectorAll("[data-count]")) {
  count(area);
}

/* One click is enough; a page found again with the Back button may be sent again. */
if (form) {
  let isSent = false;
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) {
      return;
    }
    if (isSent) {
      event.preventDefault();
    }
    isSent = true;
  });
  window.addEventListener("pageshow", () => {
    isSent = false;
  });
}
