// Compares a chosen or dropped file with the report that was made here, without sending it anywhere.
// Where the browser has no digests (no https), the form sends the file as it does without scripts.
"use strict";
(() => {
  const form = document.querySelector("form[data-digest]");
  if (!form || !window.crypto || !window.crypto.subtle) return;
  const field = form.querySelector("input[type=file]");

  function say(name) {
    for (const one of form.querySelectorAll("[data-said]")) one.hidden = one.dataset.said !== name;
  }

  async function digestOf(file) {
    const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  async function compare(file) {
    if (!file) return say("none");
    try {
      say((await digestOf(file)) === form.dataset.digest ? "same" : "other");
    } catch {
      say("none"); // moved or changed since it was chosen
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    compare(field.files[0]);
  });
  field.addEventListener("change", () => compare(field.files[0]));
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("dropping");
  });
  form.addEventListener("dragleave", () => form.classList.remove("dropping"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("dropping");
    field.files = event.dataTransfer.files;
    compare(field.files[0]);
  });
})();
