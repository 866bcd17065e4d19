/* Suggestions under a search field: the ARIA combobox with a list box (WAI-ARIA APG, list
   autocomplete with manual selection). Without this script the field is a plain form. */
"use strict";

(() => {
  const PAUSE = 90;
  const NUMBERS = /(?:^|[^0-9])[0-9]{15}(?:[0-9]{2}[0-9Xx])?(?:$|[^0-9])/;
  const known = new Map();
  let count = 0;

  const line = (item, id) => {
    const option = document.createElement("li");
    option.id = id;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.href = item.href;
    const name = document.createElement("span");
    name.className = "suggestion-name";
    name.textContent = item.text;
    const note = document.createElement("span");
    note.className = "suggestion-note";
    const said = item.kind === "term" ? "查这个词" : item.present ? `曾用名，现为${item.present}` : item.uscc;
    note.textContent = `${said}${said ? " · " : ""}${item.records.toLocaleString("zh-CN")} 条`;
    option.append(name, note);
    return option;
  };

  const attach = (field) => {
    const list = document.createElement("ul");
    const status = document.createElement("span");
    const number = (count += 1);
    list.id = `suggestions-${number}`;
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "建议");
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    field.parentElement.classList.add("suggesting");
    field.parentElement.append(list, status);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"],
      ["aria-expanded", "false"], ["aria-controls", list.id]]) field.setAttribute(name, value);

    let chosen = -1;
    let timer = 0;
    let asked = null;
    let composing = false;

    const close = () => {
      list.hidden = true;
      chosen = -1;
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-activedescendant");
    };

    const choose = (index) => {
      const options = [...list.children];
      chosen = options.length ? (index + options.length + 1) % (options.length + 1) : -1;
      if (chosen === options.length) chosen = -1;
      options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
      if (chosen < 0) field.removeAttribute("aria-activedescendant");
      else {
        field.setAttribute("aria-activedescendant", options[chosen].id);
        options[chosen].scrollIntoView({ block: "nearest" });
      }
    };

    const show = (items) => {
      list.replaceChildren(...items.map((item, at) => line(item, `${list.id}-${at}`)));
      chosen = -1;
      field.removeAttribute("aria-activedescendant");
      list.hidden = !items.length;
      field.setAttribute("aria-expanded", String(items.length > 0));
      status.textContent = items.length ? `${items.length} 条建议，用上下键选择` : "没有建议";
    };

    const ask = async () => {
      const typed = field.value.trim();
      asked?.abort();
      if (!typed || NUMBERS.test(typed)) return close();
      if (known.has(typed)) return show(known.get(typed));
      asked = new AbortController();
      try {
        const answer = await fetch(`/api/v1/suggest?q=${encodeURIComponent(typed)}`, { signal: asked.signal });
        const items = answer.ok ? (await answer.json()).items : [];
        if (known.size > 200) known.clear();
        known.set(typed, items);
        if (document.activeElement === field && field.value.trim() === typed) show(items);
      } catch (error) {
        if (error.name !== "AbortError") close();
      }
    };

    field.addEventListener("compositionstart", () => { composing = true; });
    field.addEventListener("compositionend", () => { composing = false; field.dispatchEvent(new Event("input")); });
    field.addEventListener("input", () => {
      if (composing) return;
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    });
    field.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        // Who chooses from what is there is not given another list under the finger.
        clearTimeout(timer);
        if (list.hidden) return void ask();
        asked?.abort();
        choose(chosen + (event.key === "ArrowDown" ? 1 : chosen < 0 ? list.children.length : -1));
      } else if (event.key === "Enter" && chosen >= 0) {
        event.preventDefault();
        location.assign(list.children[chosen].dataset.href);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      } else if (event.key === "Tab") close();
    });
    field.addEventListener("blur", () => setTimeout(close, 150));
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) location.assign(option.dataset.href);
    });
  };

  document.querySelectorAll("input[data-suggest]").forEach(attach);
})();
