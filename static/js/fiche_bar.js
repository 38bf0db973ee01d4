/* The bar that stays at the bottom of a fiche's form never hides the field one writes in: the page
   scrolls that much further, also when the bar grows to say that something is wrong. */

const bar = document.querySelector("[data-fiche-bar]");

function uncover() {
  const room = bar.offsetHeight + 16;
  document.documentElement.style.scrollPaddingBottom = `${room}px`;
  const field = document.activeElement;
  const isShort = field.offsetHeight < (innerHeight - room) / 2; // of a long text, one reads a part
  if (isShort && bar.parentElement.contains(field) && !bar.contains(field)) {
    field.scrollIntoView({ block: "nearest" });
  }
}

if (bar) {
  new ResizeObserver(uncover).observe(bar);
}
