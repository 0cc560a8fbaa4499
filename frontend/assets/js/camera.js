// Gives every photo field a camera: look, take, take again. The photo goes into the field's own
// file input, so the form is sent as without script.
const WIDTH = 1200, HEIGHT = 1600;

const denied = new Set(["NotAllowedError", "SecurityError", "PermissionDeniedError"]);
const occupied = new Set(["NotReadableError", "AbortError"]);
const reason = (error) =>
  denied.has(error?.name) ? "denied" : occupied.has(error?.name) ? "occupied" : "missing";

// The largest part of three by four in the middle, as the server cuts it.
const draw = (source, width, height, canvas) => {
  const cut = Math.min(width, height * 3 / 4);
  const from = [(width - cut) / 2, (height - cut * 4 / 3) / 2, cut, cut * 4 / 3];
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(source, ...from, 0, 0, canvas.width, canvas.height);
};

const equip = (field) => {
  const part = (name) => field.querySelector(`[data-camera${name && `-${name}`}]`);
  const input = field.querySelector("input[type=file]");
  const [view, video, picture] = [part("view"), part("video"), part("picture")];
  const buttons = ["start", "take", "again", "stop"].map((name) => [name, part(name)]);
  let stream = null, turn = 0, isDrawn = false;

  const say = (what) => { part("says").textContent = what ? field.dataset[`says${what}`] : ""; };
  // Shows what belongs to a state: none, live, or with a photo.
  const show = (live, photo, visible) => {
    view.hidden = !live && !photo;
    video.hidden = !live;
    picture.hidden = !photo;
    for (const one of field.querySelectorAll("[data-camera-guide]")) one.toggleAttribute("hidden", !live);
    for (const [name, button] of buttons) button.hidden = !visible.includes(name);
  };
  const close = () => {
    turn += 1;
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    video.srcObject = null;
  };
  const leave = (what) => {
    const had = field.contains(document.activeElement) && document.activeElement !== input;
    close();
    show(false, isDrawn && input.files.length > 0, ["start"]);
    say(what);
    if (had) part("start").focus();
  };

  const start = async () => {
    close();
    const mine = turn;
    try {
      const wanted = { facingMode: "user", width: { ideal: 1920 }, height: { ideal: 1440 } };
      const got = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
      // Somebody left, or pressed again, while the browser was asking.
      if (mine !== turn) { for (const track of got.getTracks()) track.stop(); return; }
      stream = got;
      for (const track of got.getTracks()) track.addEventListener("ended", () => { if (stream === got) leave("Missing"); });
      video.srcObject = got;
      show(true, false, ["take", "stop"]);
      await video.play();
      say("Ready");
      part("take").focus();
    } catch (error) {
      if (mine !== turn) return;
      const why = reason(error);
      leave(why[0].toUpperCase() + why.slice(1));
    }
  };

  const take = () => {
    if (!video.videoWidth) return;
    [picture.width, picture.height] = [WIDTH, HEIGHT];
    draw(video, video.videoWidth, video.videoHeight, picture);
    isDrawn = true;
    close();
    const mine = turn;
    show(false, true, ["again"]);
    part("again").focus();
    picture.toBlob((blob) => {
      if (mine !== turn) return;
      if (!blob) { isDrawn = false; leave("Broken"); return; }
      const files = new DataTransfer();
      files.items.add(new File([blob], "foto.jpg", { type: "image/jpeg" }));
      input.files = files.files;
      input.setCustomValidity("");
      say("Taken");
    }, "image/jpeg", .92);
  };

  const chosen = async () => {
    close();
    const mine = turn;
    const file = input.files[0];
    const isLarge = file && file.size > Number(field.dataset.mostBytes);
    isDrawn = false;
    input.setCustomValidity(isLarge ? field.dataset.saysLarge : "");
    show(false, false, ["start"]);
    say(isLarge ? "Large" : "");
    if (!file || isLarge) return;
    try {
      const bitmap = await createImageBitmap(file);
      if (mine === turn) {
        [picture.width, picture.height] = [600, 800];
        draw(bitmap, bitmap.width, bitmap.height, picture);
        isDrawn = true;
        show(false, true, ["start"]);
        say("Chosen");
      }
      bitmap.close();
    } catch { if (mine === turn) say("Broken"); }
  };

  part("").hidden = false;
  if (!navigator.mediaDevices?.getUserMedia) show(false, false, []);
  part("start").addEventListener("click", start);
  part("take").addEventListener("click", take);
  part("again").addEventListener("click", start);
  part("stop").addEventListener("click", () => leave("Stopped"));
  input.addEventListener("change", chosen);
  field.addEventListener("keydown", (event) => { if (event.key === "Escape" && stream) leave("Stopped"); });
  input.form?.addEventListener("submit", () => { if (stream) leave(""); });
  addEventListener("pagehide", () => { if (stream) leave(""); else turn += 1; });
  document.addEventListener("visibilitychange", () => { if (document.hidden && stream) leave("Stopped"); });
};

for (const field of document.querySelectorAll("[data-photo-field]")) equip(field);
