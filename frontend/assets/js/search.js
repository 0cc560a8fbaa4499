// Shows whom a name finds while it is typed, in the place that the page has for it. The form stays
// what it is: Enter sends it, and without an answer nothing changes.
const WAIT = 250, LETTERS = 3;

const section = document.querySelector("[data-live]");
const form = section && document.querySelector("form[role=search]");

const equip = () => {
  const field = form.elements.q;
  const title = section.querySelector("[data-live-title]");
  const hits = section.querySelector("[data-live-hits]");
  const announcer = document.querySelector("[data-announcer]");
  const wasHidden = section.hidden;
  let timer = 0, request = null, last = field.value.trim();

  // A number is never looked for before it is sent.
  const isName = (text) => !/\p{N}/u.test(text) && (text.match(/\p{L}/gu) ?? []).length >= LETTERS;
  // For the way back from a person. Kept with the tab's history, not in the address.
  const remember = (text) => {
    if (wasHidden) history.replaceState({ ...history.state, name: text }, "");
  };
  const clear = () => { section.hidden = wasHidden; remember(""); };

  const show = (html, text) => {
    hits.innerHTML = html;
    const says = hits.querySelector("[data-says]")?.dataset.says ?? "";
    title.textContent = says;
    section.hidden = false;
    if (announcer) announcer.textContent = says;
    remember(text);
  };

  const ask = async () => {
    const text = field.value.trim();
    if (text === last) return;
    last = text;
    request?.abort();
    if (!isName(text)) { clear(); return; }
    const mine = new AbortController();
    request = mine;
    const body = new URLSearchParams(new FormData(form));
    body.set("live", "1");
    try {
      const answer = await fetch(form.action, { method: "POST", body, signal: mine.signal });
      if (answer.status === 204) { clear(); return; }
      // Logged out, or too fast: what is shown stays, and Enter says why.
      if (!answer.ok || answer.redirected) return;
      const html = await answer.text();
      if (request === mine) show(html, text);
    } catch { /* Another letter came, or the server is away. */ }
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    request?.abort();
  });
  const before = history.state?.name;
  if (before && wasHidden && !field.value) {
    field.value = before;
    ask();
  }
};

if (form) equip();
