/* Sharing a fiche: buttons that exist only where they work. Nothing is sent anywhere. */

const section = document.querySelector(".fiche-share");
const said = section?.querySelector("[data-said]");

function offer(button, act) {
  button.closest("li").hidden = false;
  button.addEventListener("click", act);
}

const copy = section?.querySelector("[data-copy]");
if (copy && navigator.clipboard) {
  offer(copy, async () => {
    try {
      await navigator.clipboard.writeText(copy.dataset.copy);
      said.textContent = copy.dataset.copied;
    } catch {
      said.textContent = copy.dataset.refused;
    }
  });
}

const share = section?.querySelector("[data-share]");
if (share && navigator.share) {
  offer(share, async () => {
    try {
      await navigator.share({ title: share.dataset.title, url: share.dataset.share });
    } catch {
      /* Closed without sharing: nothing to say. */
    }
  });
}
