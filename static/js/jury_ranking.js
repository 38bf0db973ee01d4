/* The order of finalists: buttons act at once, and posters may be dragged. Without this file each
   button is a form. Mirrors contest/jury/ordering.py. */

const page = document.querySelector("[data-jury-ranking]");
const placed = page.querySelector("[data-jury-placed]");
const unplaced = page.querySelector("[data-jury-unplaced]");
const words = page.dataset;
let basedOn = Number(page.dataset.basedOn);

const items = new Map(
  [...page.querySelectorAll("[data-number]")].map((item) => [Number(item.dataset.number), item]),
);

function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");
}

function current() {
  const groups = new Map();
  for (const item of placed.children) {
    const rank = item.dataset.rank;
    groups.set(rank, [...(groups.get(rank) ?? []), Number(item.dataset.number)]);
  }
  return [...groups.values()];
}

const without = (order, number) => order
  .map((group) => group.filter((one) => one !== number))
  .filter((group) => group.length);
const at = (order, number) => order.findIndex((group) => group.includes(number));

const moves = {
  higher(order, number) {
    const place = at(order, number);
    const rest = without(order, number);
    rest.splice(order[place].length > 1 ? place : Math.max(0, place - 1), 0, [number]);
    return rest;
  },
  lower(order, number) {
    const place = at(order, number);
    const rest = without(order, number);
    rest.splice(place + 1, 0, [number]);
    return rest;
  },
  equal(order, number) {
    const place = at(order, number);
    if (place === 0) {
      return order;
    }
    const groups = order.map((group) => group.filter((one) => one !== number));
    groups[place - 1] = [...groups[place - 1], number].sort((one, other) => one - other);
    return groups.filter((group) => group.length);
  },
  place: (order, number) => [...without(order, number), [number]],
  take_out: without,
};

function button(item, verb) {
  return item.querySelector(`button[value^="${verb}-"]`);
}

function draw(order) {
  let rank = 1;
  order.forEach((group, place) => {
    for (const number of group) {
      const item = items.get(number);
      const isAlone = group.length === 1;
      item.dataset.rank = rank;
      item.querySelector("[data-jury-rank]").textContent = rank;
      if (!isAlone) {
        const equal = document.createElement("span");
        equal.className = "jury-order__equal";
        equal.textContent = words.wordsEqual;
        item.querySelector("[data-jury-rank]").append(" ", equal);
      }
      button(item, "higher").disabled = place === 0 && isAlone;
      button(item, "lower").disabled = place === order.length - 1 && isAlone;
      button(item, "equal").disabled = place === 0;
      const last = button(item, "take_out") ?? button(item, "place");
      last.value = `take_out-${number}`;
      last.textContent = words.wordsTakeOut;
      placed.append(item);
    }
    rank += group.length;
  });
  const ranked = new Set(order.flat());
  for (const [number, item] of items) {
    if (!ranked.has(number)) {
      item.dataset.rank = "";
      item.querySelector("[data-jury-rank]").textContent = "–";
      for (const verb of ["higher", "lower", "equal"]) { button(item, verb).disabled = true; }
      const last = button(item, "take_out") ?? button(item, "place");
      last.value = `place-${number}`;
      last.textContent = words.wordsPlace;
      unplaced.append(item);
    }
  }
}

const written = (order) => order.map((group) => group.join(",")).join(";");
const read = (text) => text.split(";").filter(Boolean).map((group) => group.split(",").map(Number));

function keep(order, number) {
  draw(order);
  page.dispatchEvent(new CustomEvent("jury:act", {
    detail: { number: "order", fields: { order: written(order) }, basedOn },
  }));
  const { rank } = items.get(number).dataset;
  const sentence = rank ? words.wordsOrder : words.wordsUnplaced;
  page.querySelector("[data-jury-said]").textContent = fill(sentence, { number, rank });
}

page.addEventListener("jury:answer", ({ detail: { key, entry, said } }) => {
  if (entry.number !== "order") {
    return;
  }
  if (said.state === "saved") {
    basedOn = Math.max(basedOn, said.n);
    const { progress } = document.getElementById("jury-mots").dataset;
    page.querySelector("[data-jury-progress]").textContent = fill(progress, said);
    page.querySelector("[data-jury-bar]").value = said.judged;
  } else if (["changed", "invalid", "gone"].includes(said.state)) {
    const box = document.getElementById("jury-choix-ordre").content.firstElementChild.cloneNode(true);
    const there = read(said.order ?? "");
    box.querySelector("[data-there]").textContent = there.map((group) => group.join(" = ")).join(" > ");
    box.querySelector("[data-here]").textContent = current().map((group) => group.join(" = ")).join(" > ");
    box.addEventListener("click", (event) => {
      const { keep: choice } = event.target.closest("button")?.dataset ?? {};
      if (choice) {
        basedOn = said.n ?? basedOn;
        if (choice === "there") { draw(there); }
        box.remove();
        const settled = { key, keepsThis: choice === "here" };
        page.dispatchEvent(new CustomEvent("jury:settle", { detail: settled }));
      }
    });
    page.querySelector("[data-jury-notices]").append(box);
    box.focus();
  }
});

page.addEventListener("click", (event) => {
  const pressed = event.target.closest("button[name=do]");
  if (!pressed) {
    return;
  }
  event.preventDefault();
  const [verb, text] = pressed.value.split("-");
  const number = Number(text);
  keep(moves[verb](current(), number), number);
  const item = items.get(number);
  (pressed.disabled ? item.querySelector("button:not(:disabled)") : pressed).focus();
  item.scrollIntoView({ block: "nearest" });
});

/* A poster is dragged by its picture, with a mouse or a finger. */
let dragged = null;

function drag(event) {
  const under = document.elementFromPoint(event.clientX, event.clientY)?.closest(".jury-order__item");
  if (!under || under === dragged) {
    return;
  }
  const box = under.getBoundingClientRect();
  under[event.clientY < box.top + box.height / 2 ? "before" : "after"](dragged);
}

function drop() {
  const number = Number(dragged.dataset.number);
  dragged.classList.remove("jury-order__item--held");
  removeEventListener("pointermove", drag);
  const isPlaced = dragged.parentElement === placed;
  const [before, after] = [dragged.previousElementSibling, dragged.nextElementSibling];
  dragged.dataset.rank = "held";
  const isAmongEquals = isPlaced && before && after && before.dataset.rank === after.dataset.rank;
  if (isAmongEquals) {
    dragged.dataset.rank = before.dataset.rank;
  }
  const order = isPlaced ? current() : without(current(), number);
  dragged = null;
  if (written(order) !== start) { keep(order, number); } else { draw(order); }
}

let start = "";
for (const handle of page.dataset.writable === "yes" ? page.querySelectorAll("[data-jury-handle]") : []) {
  handle.classList.add("jury-order__picture--held");
  handle.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || dragged) {
      return;
    }
    event.preventDefault();
    start = written(current());
    dragged = handle.closest(".jury-order__item");
    dragged.classList.add("jury-order__item--held");
    addEventListener("pointermove", drag);
    for (const end of ["pointerup", "pointercancel"]) {
      addEventListener(end, () => dragged && drop(), { once: true });
    }
  });
}

/* What was ordered before a reload and has not left yet. */
for (const [, entry] of page.juryQueue.entries()) {
  if (entry.number === "order") { draw(read(entry.fields.order)); }
}
