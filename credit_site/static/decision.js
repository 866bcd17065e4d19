/* One decision by hand: the server's own checks while it is filled in, drafts kept by themselves.
   Without this script the buttons «检查» and «保存草稿» do the same. */
"use strict";

(() => {
  const CHECK_PAUSE = 1000;
  const SAVE_PAUSE = 2500;
  const form = document.querySelector("[data-entry]");
  if (!form) return;

  const kept = document.querySelector("[data-kept]");
  const problem = document.querySelector("[data-problem]");
  const touched = new Set();
  let checking = null;
  let saving = null;
  let checkTimer = 0;
  let saveTimer = 0;
  let unsaved = false;
  let stopped = false;

  const complain = (text) => {
    problem.hidden = text === "";
    problem.querySelector("span").textContent = text;
  };

  const send = async (address, deed, signal) => {
    const body = new FormData(form);
    if (deed) body.set("deed", deed);
    const answer = await fetch(address, { method: "POST", body, signal, headers: { Accept: "application/json" } });
    if (answer.redirected || answer.status === 400) {
      throw new Error("登录已经过期。请在另一个窗口登录，再回到这一页继续；这一页上填的还在，先不要关。");
    }
    if (answer.status >= 500 || answer.status === 413) throw new Error("现在存不下，请稍后再试；这一页上填的还在。");
    return [answer, await answer.json()];
  };

  const lines = (issues) =>
    issues.map(({ level, message }) => {
      const line = document.createElement("span");
      line.className = `cell-problem cell-${level}`;
      line.textContent = message;
      return line;
    });

  const inputs = (name) => [...form.querySelectorAll("[name]")].filter((one) => one.name === name);
  const filled = (name) => inputs(name).some((one) => (one.type === "checkbox" ? one.checked : one.value.trim() !== ""));

  // Only where somebody has been: an empty form is not full of reproaches.
  const show = (name, issues) => {
    const place = document.getElementById(`${name}-issues`);
    if (!place || !(touched.has(name) || filled(name) || place.childElementCount > 0)) return;
    const said = issues.map((issue) => issue.message).join();
    if (place.dataset.said === said) return; // nothing new to read out
    place.dataset.said = said;
    place.replaceChildren(...lines(issues));
    const wrong = issues.some((issue) => issue.level === "error");
    for (const one of inputs(name)) {
      one.classList.toggle("is-wrong", wrong);
      if (wrong) one.setAttribute("aria-invalid", "true");
      else one.removeAttribute("aria-invalid");
    }
  };

  const room = (one) => {
    const most = Number(one.dataset.most);
    const left = most - [...one.value.trim()].length;
    const place = document.getElementById(`${one.name}-said`);
    if (left < 0) place.textContent = `多了 ${-left} 个字`;
    else place.textContent = left < most * 0.2 && most > 20 ? `还可以写 ${left} 个字` : "";
  };

  const outcome = (found) => {
    const place = form.querySelector("[data-outcome]");
    const said = [...found.whole.map((issue) => issue.message), ...(found.good ? ["检查通过，可以提交。", ...found.outcome] : [])];
    place.hidden = said.length === 0;
    place.firstElementChild.replaceChildren(
      ...said.map((text) => {
        const line = document.createElement("p");
        line.textContent = text;
        return line;
      }),
    );
  };

  const check = async () => {
    if (checking) checking.abort();
    const mine = (checking = new AbortController());
    try {
      const [answer, found] = await send(form.dataset.check, "", mine.signal);
      if (!answer.ok || checking !== mine) return;
      for (const [name, issues] of Object.entries(found.fields)) show(name, issues);
      for (const place of form.querySelectorAll(".with-unit input")) {
        document.getElementById(`${place.name}-said`).textContent = found.said[place.name] || "";
      }
      outcome(found);
    } catch (error) {
      if (error.name === "AbortError") return;
      if (!(error instanceof TypeError)) complain(error.message);
    }
  };

  const keep = async () => {
    if (saving || stopped || !unsaved) return;
    unsaved = false;
    saving = (async () => {
      try {
        const [answer, told] = await send(form.action, "autosave");
        if (!answer.ok) {
          stopped = answer.status === 409;
          unsaved = true;
          return complain(told.problem || "现在存不下，请稍后再试。");
        }
        form.elements.draft.value = told.number;
        form.elements.version.value = told.version;
        form.action = told.address;
        window.history.replaceState(null, "", told.address);
        kept.textContent = `草稿已自动保存，${told.at}`;
        complain("");
      } catch (error) {
        unsaved = true;
        if (error instanceof TypeError) kept.textContent = "连接中断了，还没有保存";
        else complain(error.message);
      }
    })();
    await saving;
    saving = null;
  };

  const later = (pause) => {
    window.clearTimeout(checkTimer);
    checkTimer = window.setTimeout(check, pause);
    window.clearTimeout(saveTimer);
    saveTimer = window.setTimeout(keep, SAVE_PAUSE);
  };

  form.addEventListener("input", (event) => {
    if (event.target.dataset.most) room(event.target);
    unsaved = true;
    window.clearTimeout(Number(event.target.dataset.timer || 0));
    const { name } = event.target;
    event.target.dataset.timer = String(window.setTimeout(() => touched.add(name), CHECK_PAUSE - 50));
    later(CHECK_PAUSE);
  });
  form.addEventListener("change", (event) => {
    touched.add(event.target.name);
    later(50);
  });
  form.addEventListener("focusout", (event) => {
    if (!event.target.name || event.target.type === "checkbox") return;
    touched.add(event.target.name);
    window.clearTimeout(checkTimer);
    checkTimer = window.setTimeout(check, 50);
  });

  form.addEventListener("submit", async (event) => {
    if (form.dataset.sent) return event.preventDefault();
    window.clearTimeout(saveTimer);
    if (saving) {
      // What is on its way is to arrive first: else the two look like two windows.
      event.preventDefault();
      const { submitter } = event;
      await saving;
      return form.requestSubmit(submitter);
    }
    form.dataset.sent = "yes";
    unsaved = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved && !form.dataset.sent) event.preventDefault();
  });

  for (const one of form.querySelectorAll("[data-most]")) room(one);
  const summary = document.querySelector("[data-summary]");
  if (summary) summary.focus();
})();
