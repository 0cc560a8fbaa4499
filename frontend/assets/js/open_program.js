// Opens the card program by the link on the page, once for each code: not when the page is loaded
// again or come back to. Where the link is hidden, as on phones, nothing is opened.
const place = document.querySelector("[data-open-once]");
const link = place?.querySelector("a");

const isFirst = (mark) => {
  const key = `opened-${mark}`;
  try {
    if (sessionStorage.getItem(key) !== null) return false;
    sessionStorage.setItem(key, "");
    return true;
  } catch { return false; /* What cannot be remembered could be opened again and again. */ }
};

const open = () => {
  if (document.readyState !== "complete" || document.hidden) return;
  if (link.getClientRects().length === 0 || !isFirst(place.dataset.openOnce)) return;
  const told = document.querySelector("[data-opening]");
  const announcer = document.querySelector("[data-announcer]");
  told.hidden = false;
  if (announcer) announcer.textContent = told.textContent;
  location.href = link.href;
};

// To go elsewhere ends the loading of a page, and of the scripts after this one: it must be there first.
// In a tab behind others it waits until somebody looks.
if (link) {
  if (document.readyState === "complete") open();
  else addEventListener("load", open);
  document.addEventListener("visibilitychange", open);
}
