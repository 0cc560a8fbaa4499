// Improves pages that already work: focus on errors, shortcuts, copy buttons, no double sending.
const root = document.documentElement;
const body = document.body;
root.dataset.script = "";

const announce = (text) => {
  const place = document.querySelector("[data-announcer]");
  if (place) place.textContent = text;
};

// A refused form: the summary gets focus, so that it is read first.
document.querySelector("[data-error-summary]")?.focus();

// Identifiers get a button that copies them.
for (const place of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.setAttribute("aria-label", place.dataset.copyLabel);
  button.innerHTML = '<svg class="i" aria-hidden="true"><use href="#i-copy"/></svg>';
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(place.textContent.trim());
    button.querySelector("use").setAttribute("href", "#i-check");
    announce(`${body.dataset.copied}: ${place.dataset.copyLabel}`);
    setTimeout(() => button.querySelector("use").setAttribute("href", "#i-copy"), 2000);
  });
  place.append(" ", button);
}

// Single keys work only outside text fields and can be turned off (WCAG 2.1.4).
const stored = (() => {
  try { return localStorage.getItem("shortcuts"); } catch { return null; }
})();
root.dataset.shortcuts = stored === "off" ? "off" : "on";
for (const box of document.querySelectorAll("[data-shortcut-switch]")) {
  box.checked = root.dataset.shortcuts === "on";
  box.addEventListener("change", () => {
    root.dataset.shortcuts = box.checked ? "on" : "off";
    try { localStorage.setItem("shortcuts", root.dataset.shortcuts); } catch { /* not kept then */ }
  });
}
const isTyping = (target) =>
  target.isContentEditable ||
  target.matches("textarea, select, input:not([type=checkbox], [type=radio])");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (root.dataset.shortcuts === "off" || isTyping(event.target)) return;
  if (event.key === "/") {
    const search = document.querySelector("[data-search]");
    if (search) { event.preventDefault(); search.focus(); }
  } else if (/^[1-9]$/.test(event.key)) {
    const boxes = document.querySelectorAll("[data-number-keys] .choice [type=checkbox]");
    const box = boxes[Number(event.key) - 1];
    if (box) { event.preventDefault(); box.click(); box.focus(); }
  }
});

// Where nothing but fingers points there is no card reader: what needs none is chosen to begin with.
if (matchMedia("(hover: none) and (pointer: coarse)").matches) {
  for (const place of document.querySelectorAll("[data-touched]")) {
    const answer = place.querySelector(`[value="${place.dataset.touched}"]`);
    if (answer) answer.checked = true;
  }
}

// A form is sent once; coming back by the history makes it usable again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent !== undefined) { event.preventDefault(); return; }
  form.dataset.sent = "";
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// Pages with a step that must not be left undone ask before the tab is closed or left by a link.
if (document.querySelector("[data-leave-warning]")) {
  let leaving = false;
  document.addEventListener("submit", () => { leaving = true; });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]:not([href^='#'])");
    if (!link || link.target === "_blank" || link.closest("[data-leave-warning=allow]")) return;
    if (confirm(body.dataset.leaveText)) leaving = true;
    else event.preventDefault();
  });
  addEventListener("beforeunload", (event) => { if (!leaving) event.preventDefault(); });
}
