/* Puts {{ box.agency.slug }}'s latest published decisions where this script stands. It sends nothing to anyone. */
(function () {
  "use strict";
  var src = {{ box.src | tojson }};
  var place = document.currentScript;
  var frame = document.createElement("iframe");
  frame.src = src;
  frame.title = {{ box.title | tojson }};
  frame.loading = "lazy";
  frame.width = "100%";
  frame.height = "{{ box.height }}";
  frame.setAttribute("frameborder", "0");
  place.parentNode.insertBefore(frame, place.nextSibling);
  window.addEventListener("message", function (event) {
    var said = event.data;
    if (event.source !== frame.contentWindow || event.origin !== new URL(src).origin) return;
    if (said && said.type === "credit-site-box" && said.height > 0) frame.height = String(Math.ceil(said.height));
  });
})();
