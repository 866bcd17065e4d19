/* Tells the page around the box how high it is, so that nothing has to be scrolled; nothing else. */
"use strict";

(() => {
  if (parent === window) return;
  const tell = () => {
    const height = document.querySelector("main").getBoundingClientRect().height;
    parent.postMessage({ type: "credit-site-box", height }, "*");
  };
  new ResizeObserver(tell).observe(document.querySelector("main"));
})();
