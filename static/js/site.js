/* What the pages add to the design system's script: one listener on the document for each need,
   so that nothing depends on when an element arrives. Every page works without this file. */

/* Messages that can be put away: the button exists only where it works. */
for (const button of document.querySelectorAll("[data-dismiss]")) {
  button.hidden = false;
}

function dismiss(button) {
  button.closest("[data-dismissible]").remove();
  document.getElementById("contenu").focus();
}

/* A video's player replaces its link, and only now is the other site asked for anything. */
function play(link) {
  const screen = link.closest("[data-video-frame]");
  if (!screen) {
    return false;
  }
  const frame = document.createElement("iframe");
  frame.src = screen.dataset.videoFrame;
  frame.title = screen.dataset.videoTitle;
  frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  screen.replaceChildren(frame);
  frame.focus();
  return true;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-dismiss]");
  if (button) {
    dismiss(button);
    return;
  }
  const link = event.target.closest("[data-video-open]");
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (link && isPlain && play(link)) {
    event.preventDefault();
  }
});

/* `autofocus` is skipped by browsers once something else has the focus, or a hash is in the
   address: the list of errors takes it whatever came before. */
const errors = document.querySelector("[data-error-summary]");
if (errors) {
  errors.focus();
}
