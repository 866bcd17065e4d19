/* Tells the page around the box how high it is, so that nothing has to be scrolled; nothing else. */
"use strict";

(() => {
  if (parent === window) return;
  const content = document.querySelector("main");
  const tell = () => {
    const edge = document.body.offsetHeight - document.body.clientHeight;
    const height = content.getBoundingClientRect().height + edge;
    parent.postMessage({ type: "credit-site-box", height }, "*");
  };
  new ResizeObserver(tell).observe(content);
})();
