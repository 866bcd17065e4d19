/* The desk: dropping a file, a look at its size before it travels, progress, no double clicks.
   Without this script everything works: the page asks again by itself. */
"use strict";

(() => {
  const PAUSE = 700;

  const complain = (form, text) => {
    const place = form.querySelector("[data-file-problem]");
    place.hidden = text === "";
    place.firstElementChild.textContent = text;
  };

  const looked = (form, field) => {
    const file = field.files[0];
    const most = Number(field.dataset.mostBytes);
    if (!file) return true;
    const known = field.accept.split(",").some((end) => file.name.toLowerCase().endsWith(end));
    let text = "";
    if (!known) text = "只收 XLSX、XLS、CSV 文件。WPS 表格（.et）等请另存为 XLSX 再上传。";
    else if (file.size > most) text = `文件有 ${Math.ceil(file.size / 1048576)} MiB，超过了 ${most / 1048576} MiB。请分成几个文件上传。`;
    else if (file.size === 0) text = "这个文件是空的。请检查选的是不是要报送的文件。";
    complain(form, text);
    return text === "";
  };

  for (const form of document.querySelectorAll("[data-upload]")) {
    const field = form.querySelector("input[type=file]");
    const place = form.querySelector("[data-drop]");
    field.addEventListener("change", () => looked(form, field));
    form.addEventListener("submit", (event) => {
      if (!looked(form, field)) event.preventDefault();
      else form.querySelector("[type=submit]").textContent = "正在上传…";
    });
    for (const name of ["dragover", "dragleave", "drop"]) {
      place.addEventListener(name, (event) => {
        event.preventDefault();
        place.classList.toggle("dropping", name === "dragover");
        if (name !== "drop" || event.dataTransfer.files.length === 0) return;
        field.files = event.dataTransfer.files;
        looked(form, field);
      });
    }
  }

  for (const form of document.querySelectorAll("[data-once], [data-upload]")) {
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "yes";
    });
  }
  // Coming back with the browser's button finds forms that can be sent again.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });

  document.querySelector(".error-summary")?.focus();

  const watch = async (place) => {
    const line = place.querySelector("progress");
    const text = place.querySelector("[data-progress-text]");
    try {
      const answer = await fetch(place.dataset.progress, { headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) return window.location.reload();
      const { busy, waiting, done, total } = await answer.json();
      if (!busy) return window.location.reload();
      if (total) {
        line.max = total;
        line.value = Math.min(done, total);
      }
      const figures = (number) => number.toLocaleString("zh-CN");
      text.textContent = waiting ? "排队中…" : `已处理 ${figures(done)} 行${total ? `，共约 ${figures(total)} 行` : ""}`;
    } catch {
      text.textContent = "连接中断了，正在重试…";
    }
    window.setTimeout(() => watch(place), PAUSE);
  };
  for (const place of document.querySelectorAll("[data-progress]")) window.setTimeout(() => watch(place), PAUSE);
})();
