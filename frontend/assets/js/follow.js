// Follows what happens elsewhere on the page that says so: its steps are looked at again and again,
// and once it stands otherwise the whole page is. Nothing moves, and focus stays where it is.
const EVERY = 1500, AT_MOST = 10000;

const shown = document.querySelector("[data-follow]");
const announcer = document.querySelector("[data-announcer]");

const done = (part) => part.querySelectorAll("li.done").length;

const follow = () => {
  let wait = EVERY;

  const look = async () => {
    if (document.hidden) return;
    // Nobody does anything by looking on: the session grows old as if nothing were asked.
    const answer = await fetch(location.href, { headers: { accept: "text/html", "x-follow": "1" } });
    // Logged out, or too fast: the page says so when it is loaded anew.
    if (answer.redirected) { location.reload(); return; }
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector("[data-follow]");
    const hasCode = (one) => one.querySelector(".taskcode") !== null;
    const isOther = now?.dataset.follow !== shown.dataset.follow || hasCode(page) !== hasCode(document);
    if (isOther) { location.reload(); return; }
    wait = EVERY;
    if (now.innerHTML === shown.innerHTML) return;
    const before = done(shown);
    shown.innerHTML = now.innerHTML;
    const steps = shown.querySelectorAll("li.done");
    if (announcer && steps.length > before) announcer.textContent = steps[steps.length - 1].textContent;
  };

  const again = () => setTimeout(async () => {
    try { await look(); } catch { wait = Math.min(2 * wait, AT_MOST); }
    again();
  }, wait);
  again();
};

if (shown) follow();
