/* Runs before the first paint, so that a dark page never flashes white. The design system's own
   script, loaded later, reads the same two values and takes over. */
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("site-scripted");
  var chosen = "";
  try {
    chosen = window.localStorage.getItem("scheme") || "";
  } catch (error) {
    chosen = ""; // Storage may be refused: the device decides.
  }
  if (chosen !== "light" && chosen !== "dark") {
    chosen = window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }
  root.setAttribute("data-fr-theme", chosen);
})();
