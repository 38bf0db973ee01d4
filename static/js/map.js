/* The map of the results, to be moved and looked at from nearer. Without this file the drawing of
   the server stays, whose circles are the same links. The server gathers the circles of what is in
   sight; each is a link here too. */

const WAIT = 150; // milliseconds after the last move

function groundOf(drawing) {
  const ground = drawing.cloneNode(true);
  ground.querySelectorAll("a, text").forEach((one) => one.remove());
  ground.setAttribute("aria-hidden", "true");
  ground.setAttribute("class", "map__ground");
  ground.setAttribute("preserveAspectRatio", "none");
  return ground;
}

function circleOf(L, cluster, base, look) {
  const link = document.createElement("a");
  link.className = "map__link";
  link.href = base + cluster.query;
  link.dataset.reload = "";
  link.setAttribute("aria-label", cluster.label);
  link.title = cluster.label;
  link.textContent = String(cluster.count);
  if (!cluster.list) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      look(cluster.zone);
    });
  }
  const icon = L.divIcon({ className: "map__marker", html: link, iconSize: [44, 44] });
  return L.marker([cluster.latitude, cluster.longitude], { icon, keyboard: false });
}

/* The names of the drawing, where they are on the globe. */
function namesOf(L, drawing, sight) {
  const flat = L.CRS.EPSG3857;
  const start = flat.latLngToPoint(sight.getNorthWest(), 0);
  const end = flat.latLngToPoint(sight.getSouthEast(), 0);
  const { width, height } = drawing.viewBox.baseVal;
  return [...drawing.querySelectorAll(".map__names text")].map((text) => {
    const name = document.createElement("span");
    name.className = "map__name";
    name.setAttribute("aria-hidden", "true");
    name.textContent = text.textContent;
    const x = start.x + (Number(text.getAttribute("x")) / width) * (end.x - start.x);
    const y = start.y + (Number(text.getAttribute("y")) / height) * (end.y - start.y);
    const icon = L.divIcon({ className: "map__place", html: name, iconSize: null });
    return L.marker(flat.pointToLatLng(L.point(x, y), 0), {
      icon, interactive: false, keyboard: false, zIndexOffset: -1000,
    });
  });
}

/* A name is shown where it hides nothing and nothing hides it. */
function clear(box) {
  const held = [...box.querySelectorAll(".map__link, .map__closer")].map((one) => one.getBoundingClientRect());
  const edge = box.getBoundingClientRect();
  for (const name of box.querySelectorAll(".map__name")) {
    const own = name.getBoundingClientRect();
    const isOver = held.some((one) => own.left < one.right + 2 && own.right > one.left - 2
      && own.top < one.bottom + 2 && own.bottom > one.top - 2);
    const isOut = own.left < edge.left || own.right > edge.right
      || own.top < edge.top || own.bottom > edge.bottom;
    name.style.visibility = isOver || isOut ? "hidden" : "";
    if (!isOver && !isOut) {
      held.push(own);
    }
  }
}

function zoomControl(L, map, frame) {
  const control = L.control({ position: "topleft" });
  control.onAdd = () => {
    const group = document.createElement("div");
    group.className = "map__closer";
    for (const [label, sign, by] of [[frame.dataset.closer, "add", 1], [frame.dataset.farther, "subtract", -1]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = `fr-btn fr-btn--secondary fr-icon-${sign}-line map__zoom`;
      button.title = label;
      const words = document.createElement("span");
      words.className = "fr-sr-only";
      words.textContent = label;
      button.append(words);
      button.addEventListener("click", () => map.setZoom(map.getZoom() + by));
      group.append(button);
    }
    L.DomEvent.disableClickPropagation(group);
    return group;
  };
  return control;
}

function start(frame) {
  const L = window.L;
  const drawing = frame.querySelector("svg");
  if (!L || !drawing) {
    return;
  }
  const [south, west, north, east] = frame.dataset.sight.split(",").map(Number);
  const sight = L.latLngBounds([south, west], [north, east]);
  const ground = groundOf(drawing);
  const box = document.createElement("div");
  box.className = "map__moving";
  /* What takes the focus says what it is. */
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", frame.dataset.name);
  frame.removeAttribute("role");
  frame.removeAttribute("aria-label");
  const names = namesOf(L, drawing, sight);
  frame.replaceChildren(box);
  const map = L.map(box, {
    attributionControl: Boolean(frame.dataset.tiles),
    maxZoom: 17,
    scrollWheelZoom: false, // the page scrolls
    zoomControl: false,
    zoomSnap: 0.25,
  });
  zoomControl(L, map, frame).addTo(map);
  map.fitBounds(sight);
  if (frame.dataset.tiles) {
    map.attributionControl.setPrefix(false);
    const credit = document.createElement("span");
    credit.textContent = frame.dataset.credit;
    L.tileLayer(frame.dataset.tiles, { attribution: credit.outerHTML }).addTo(map);
  } else {
    L.svgOverlay(ground, sight).addTo(map);
    names.forEach((one) => one.addTo(map));
  }
  const circles = L.layerGroup().addTo(map);
  const said = frame.parentElement.querySelector("[data-map-said]");
  let asked = null;
  let timer = 0;
  let isMoved = false;

  async function gather() {
    asked?.abort();
    asked = new AbortController();
    const seen = map.getBounds();
    const address = new URL(frame.dataset.clusters, window.location.href);
    const edges = [
      Math.max(seen.getSouth(), -85), Math.max(seen.getWest(), -180),
      Math.min(seen.getNorth(), 85), Math.min(seen.getEast(), 180),
    ];
    address.searchParams.set("zone", edges.map((one) => one.toFixed(4)).join(","));
    address.searchParams.set("zoom", String(map.getZoom()));
    let found;
    try {
      const response = await fetch(address, { signal: asked.signal });
      if (!response.ok) {
        return;
      }
      const answer = await response.json();
      found = answer.clusters;
      said.textContent = isMoved ? answer.told : ""; // nobody asked for the first one
      isMoved = true;
    } catch {
      return; // what was shown stays
    }
    const held = box.querySelector(".leaflet-marker-pane").contains(document.activeElement);
    circles.clearLayers();
    for (const cluster of found) {
      circles.addLayer(circleOf(L, cluster, frame.dataset.base, (zone) => {
        map.fitBounds(zone, { padding: [40, 40], maxZoom: Math.max(map.getZoom() + 1, 14) });
      }));
    }
    clear(box);
    if (held) {
      box.focus({ preventScroll: true });
    }
  }

  map.on("moveend", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(gather, WAIT);
  });
  gather();
}

function startAll() {
  document.querySelectorAll("[data-map]").forEach(start);
}

startAll();
document.addEventListener("catalogue:updated", startAll);
