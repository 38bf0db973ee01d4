/* What the pages add to the design system's script. One listener a need, on the document, so that
   nothing depends on when an element arrives. Every page works without this file. */

document.querySelectorAll("[data-dismiss]").forEach((button) => {
  button.hidden = false;
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-dismiss]");
  if (button) {
    button.closest("[data-dismissible]").remove();
  }
});
