
(function () {
  "use strict";
  var wide = window.matchMedia("(min-width: 62.01rem)");
  var pinned = null;
  function keys(element) { return element.getAttribute("data-s").split(" "); }
  function light(key) {
    document.querySelectorAll("[data-s]").forEach(function (element) {
      element.classList.toggle("on", key !== null ? keys(element).indexOf(key) !== -1 : false);
    });
  }
  function hide() {
    pinned = null;
    light(null);
    document.querySelectorAll(".panel").forEach(function (panel) { panel.hidden = true; });
  }
  function show(key) {
    var place = document.getElementById(key);
    var section = place ? place.closest("section") : null;
    if (section === null) { return; }
    light(key);
    if (!wide.matches) { return; }
    var copy = document.getElementById(key + "-details").cloneNode(true);
    copy.removeAttribute("id");
    copy.querySelectorAll("a").forEach(function (link) {
      if (link.className === "back") { link.remove(); } else { link.replaceWith(link.textContent); }
    });
    var panel = section.querySelector(".panel");
    panel.replaceChildren(copy);
    panel.hidden = false;
  }
  function pointed(event) {
    return event.target.closest ? event.target.closest("[data-s]") : null;
  }
  document.addEventListener("mouseover", function (event) {
    if (pinned !== null) { return; }
    var element = pointed(event);
    if (element) { show(keys(element)[0]); } else if (!event.target.closest(".panel")) { hide(); }
  });
  document.addEventListener("focusin", function (event) {
    var element = pointed(event);
    pinned = null;
    if (element) { show(keys(element)[0]); } else { hide(); }
  });
  document.addEventListener("click", function (event) {
    var element = pointed(event);
    if (element === null) {
      if (!event.target.closest(".panel")) { hide(); }
      return;
    }
    var key = keys(element)[0];
    show(key);
    pinned = key;
    /* a mouse stays where it reads; the keyboard and a screen reader follow the link */
    if (wide.matches ? event.detail !== 0 : false) {
      if (element.classList.contains("ref")) { event.preventDefault(); }
    }
  });
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") { hide(); } });
}());
