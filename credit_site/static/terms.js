/* Escape puts an explanation away without moving the pointer or the focus (WCAG 2.2, 1.4.13). */
"use strict";

(() => {
  const shut = () => {
    for (const term of document.querySelectorAll(".term:hover, .term:focus-within")) term.classList.add("term-shut");
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") shut();
  });
  for (const term of document.querySelectorAll(".term")) {
    for (const leaving of ["pointerleave", "focusout"]) {
      term.addEventListener(leaving, () => term.classList.remove("term-shut"));
    }
  }
})();
