/* Buttons that copy the text of an element; without this script the text is there to be selected. */
"use strict";

(() => {
  const select = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  };

  // navigator.clipboard is missing on pages without https.
  const copy = async (element) => {
    try {
      await navigator.clipboard.writeText(element.textContent.trim());
      return true;
    } catch {
      select(element);
      return document.execCommand("copy");
    }
  };

  document.querySelectorAll("[data-copy]").forEach((button) => {
    const source = document.getElementById(button.dataset.copy);
    const said = button.parentElement.querySelector("[role=status]");
    button.parentElement.hidden = false;
    button.addEventListener("click", async () => {
      const done = await copy(source);
      if (!done) select(source);
      said.textContent = done ? "已复制" : "已选中，请按 Ctrl+C 复制";
    });
  });
})();
