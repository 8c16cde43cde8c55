// A classic script, so that it blocks the first paint: as a module it would run after it and the page would flash.
(() => {
  let theme = null;
  try {
    theme = localStorage.getItem("palimpsest.theme");
  } catch (_storageIsBlocked) {
    theme = null;
  }
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
})();
