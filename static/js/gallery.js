/* The zoom of a poster's page. Without this file its link leads to the picture itself. */

const LARGEST = 4; // times the picture that fits the window
const STEP = 1.5;
const ARROW = 80; // pixels

const trigger = document.querySelector("[data-zoom]");
const dialog = document.getElementById("zoom");

function prepare() {
  const view = dialog.querySelector("[data-zoom-view]");
  const picture = new Image();
  const level = dialog.querySelector("[data-zoom-level]");
  const shown = trigger.closest("figure").querySelector("img");
  const ratio = (Number(trigger.dataset.zoomWidth) || shown.width)
    / (Number(trigger.dataset.zoomHeight) || shown.height);
  let times = 1;
  picture.className = "zoom__picture";
  picture.alt = shown.alt;
  view.append(picture);

  function fittingWidth() {
    return Math.min(view.clientWidth, view.clientHeight * ratio);
  }

  function draw() {
    /* What is in the middle of the window stays there. */
    const before = picture.clientWidth || 1;
    const middle = [
      (view.scrollLeft + view.clientWidth / 2) / Math.max(before, view.clientWidth),
      (view.scrollTop + view.clientHeight / 2) / Math.max(picture.clientHeight, view.clientHeight),
    ];
    const width = fittingWidth() * times;
    picture.style.width = `${width}px`;
    picture.style.height = `${width / ratio}px`;
    view.scrollLeft = middle[0] * Math.max(width, view.clientWidth) - view.clientWidth / 2;
    view.scrollTop = middle[1] * Math.max(width / ratio, view.clientHeight) - view.clientHeight / 2;
    level.textContent = `${Math.round(times * 100)}\u00a0%`;
    for (const button of dialog.querySelectorAll("[data-zoom-by]")) {
      const atEnd = Number(button.dataset.zoomBy) > 0 ? times >= LARGEST : times <= 1;
      button.setAttribute("aria-disabled", String(atEnd));
    }
  }

  function zoom(direction) {
    times = Math.min(LARGEST, Math.max(1, times * STEP ** direction));
    draw();
  }

  function open() {
    times = 1;
    if (!picture.src) {
      picture.src = shown.currentSrc || shown.src; // here already, while the large one comes
      const large = new Image();
      large.onload = () => { picture.src = large.src; };
      large.src = trigger.href;
    }
    dialog.showModal();
    draw();
    view.focus();
  }

  trigger.addEventListener("click", (event) => {
    if (event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      open();
    }
  });

  /* With a mouse, the picture itself may be pressed: the link beside it does the same. */
  const frame = document.querySelector("[data-zoom-frame]");
  frame.classList.add("poster__frame--zooms");
  frame.addEventListener("click", open);

  dialog.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.zoomBy) {
      zoom(Number(button.dataset.zoomBy));
    } else if (button) {
      dialog.close();
    }
  });

  dialog.addEventListener("keydown", (event) => {
    const moves = {
      ArrowLeft: [-ARROW, 0], ArrowRight: [ARROW, 0], ArrowUp: [0, -ARROW], ArrowDown: [0, ARROW],
    };
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return; // the browser's own zoom
    }
    if (event.key === "+" || event.key === "=") {
      zoom(1);
    } else if (event.key === "-" || event.key === "−") {
      zoom(-1);
    } else if (event.key === "0") {
      times = 1;
      draw();
    } else if (moves[event.key]) {
      view.scrollBy(...moves[event.key]);
    } else {
      return;
    }
    event.preventDefault();
  });

  picture.addEventListener("dblclick", () => {
    times = times > 1 ? 1 : 2;
    draw();
  });

  /* A mouse drags the picture; fingers scroll it by themselves. */
  view.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.button === 0 && event.target === picture) {
      event.preventDefault();
      view.focus();
      view.setPointerCapture(event.pointerId);
      view.classList.add("zoom__view--held");
    }
  });
  view.addEventListener("pointermove", (event) => {
    if (view.hasPointerCapture(event.pointerId)) {
      view.scrollBy(-event.movementX, -event.movementY);
    }
  });
  view.addEventListener("lostpointercapture", () => {
    view.classList.remove("zoom__view--held");
  });

  window.addEventListener("resize", () => {
    if (dialog.open) {
      draw();
    }
  });
}

if (trigger && dialog && typeof dialog.showModal === "function") {
  prepare();
}
