/* One decision by hand: kept and checked while it is typed. Without this script the buttons do it. */
"use strict";

(() => {
  const PAUSE = 1200;
  const form = document.querySelector("[data-decision]");
  if (!form) return;
  const saved = form.querySelector("[data-saved]");
  const touched = new Set();
  let timer = 0;
  let sending = false;
  let again = false;
  let leaving = false;

  const place = (element) => element.closest("[data-field]")?.dataset.field;

  const show = (issues) => {
    for (const line of form.querySelectorAll("[data-problem]")) {
      const index = line.dataset.problem;
      if (!touched.has(index)) continue;
      const found = issues.filter((issue) => String(issue.index) === index);
      const said = found.map((issue) => {
        const part = document.createElement("span");
        part.className = `cell-problem cell-${issue.level}`;
        part.textContent = issue.message;
        return part;
      });
      line.replaceChildren(...said);
      const field = line.closest("[data-field]");
      field.classList.toggle("is-wrong", found.some((issue) => issue.level === "error"));
      const control = form.querySelector(`#cell${index}`);
      if (control && found.length) control.setAttribute("aria-invalid", "true");
      else control?.removeAttribute("aria-invalid");
    }
  };

  const settled = (answer) => {
    form.action = answer.address;
    form.querySelector("[name=form_key]")?.remove();
    let version = form.querySelector("[name=version]");
    if (!version) {
      version = document.createElement("input");
      version.type = "hidden";
      version.name = "version";
      form.append(version);
      window.history.replaceState(null, "", answer.address);
    }
    version.value = answer.version;
    const now = new Date();
    saved.textContent = `已保存草稿，${now.toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" })}`;
    show(answer.issues);
  };

  const send = async () => {
    if (leaving) return;
    if (sending) {
      again = true;
      return;
    }
    sending = true;
    const body = new URLSearchParams(new FormData(form));
    body.set("deed", "watch");
    try {
      const reply = await fetch(form.action, { method: "POST", body, redirect: "error" });
      const answer = await reply.json();
      if (reply.ok) settled(answer);
      else saved.textContent = answer.message ?? "没有保存成功，请按“保存草稿”。";
    } catch {
      saved.textContent = "现在保存不了，请检查网络；填的内容还在这一页上。";
    }
    sending = false;
    if (again) {
      again = false;
      send();
    }
  };

  form.addEventListener("input", (event) => {
    touched.add(place(event.target));
    window.clearTimeout(timer);
    timer = window.setTimeout(send, PAUSE);
  });
  form.addEventListener("focusout", (event) => {
    const index = place(event.target);
    if (!touched.has(index)) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(send, 150);
  });
  form.addEventListener("submit", (event) => {
    if (leaving) event.preventDefault();
    if (sending) {
      // The answer under way brings the version that this one must name.
      event.preventDefault();
      const button = event.submitter;
      window.clearTimeout(timer);
      window.setTimeout(() => form.requestSubmit(button), 120);
      return;
    }
    leaving = true;
    window.clearTimeout(timer);
  });
  document.querySelector(".error-summary")?.focus();
})();
