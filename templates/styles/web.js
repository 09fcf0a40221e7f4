// An enhancement only: every page works without it. Saves a draft while it is typed, marks what is selected, and
// shows what the public will see. Nothing is loaded from elsewhere, and nothing is made from text but text.
(() => {
  "use strict";
  document.documentElement.classList.add("scripted");
  const form = document.querySelector("form[data-save]");
  if (!form) return;
  const state = document.querySelector("[data-state]");
  const view = document.querySelector("[data-public]");
  const seen = form.querySelector("input[name=seen]");
  let timer = 0, saving = false, again = false;

  const show = (parts, secret) => {
    view.replaceChildren(...parts.map((part) => {
      if (!part.hidden) return document.createTextNode(part.text);
      const cover = document.createElement("span");
      cover.className = "secret";
      cover.textContent = secret;
      return cover;
    }));
  };

  const save = async () => {
    if (saving) { again = true; return; }
    saving = true;
    const data = new FormData(form);
    data.delete("file");
    try {
      const answer = await fetch(form.dataset.save, { method: "POST", body: new URLSearchParams(data) });
      if (!answer.ok) throw new Error(String(answer.status));
      const found = await answer.json();
      state.textContent = found.state;
      if (found.version !== undefined) seen.value = found.version;
      if (view && found.parts) show(found.parts, found.secret);
    } catch {
      state.textContent = form.dataset.failed;
    }
    saving = false;
    if (again) { again = false; save(); }
  };

  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, 900); });

  const button = document.querySelector("[data-mark]");
  const text = form.querySelector("textarea[name=text]");
  const reason = form.querySelector("input[name=reason]");
  if (!button || !text || !reason) return;
  button.addEventListener("click", (event) => {
    const from = text.selectionStart, to = text.selectionEnd;
    if (from === to) return;
    event.preventDefault();
    if (!reason.value.trim()) { reason.focus(); return; }
    const clean = (words) => words.replaceAll("[[", "").replaceAll("]]", "").replaceAll("|", "/");
    text.setRangeText(`[[${clean(text.value.slice(from, to))}|${clean(reason.value.trim())}]]`, from, to, "end");
    text.focus();
    save();
  });
})();
