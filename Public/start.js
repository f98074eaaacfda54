/* What is said while main.js cannot: written for browsers that cannot read it, so as a plain script without new syntax. */
(function () {
  var page = document.documentElement;
  page.setAttribute("data-start", "noModule" in document.createElement("script") ? "loading" : "unsupported");
  window.addEventListener(
    "error",
    function (event) {
      // Of a file that did not arrive, the event is about its element; of a script that did not run, about the window.
      var element = event.target instanceof Element ? event.target : null;
      if (element && element.tagName !== "SCRIPT") return;
      page.setAttribute("data-start", element ? "unloaded" : "unsupported");
    },
    true,
  );
})();
