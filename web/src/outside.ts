/** What the service answers by itself at these addresses is no screen of the page: files, its documentation, signing in elsewhere. */
const OUTSIDE = /^\/(v1|docs)(\/|$)/;

/** Leaves links to such addresses to the browser; the router would take every link of this host for a screen. */
export function leaveOutsideToBrowser(): void {
  window.addEventListener(
    "click",
    (event) => {
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      if (link && link.origin === window.location.origin && OUTSIDE.test(link.pathname)) event.stopImmediatePropagation();
    },
    { capture: true },
  );
}
