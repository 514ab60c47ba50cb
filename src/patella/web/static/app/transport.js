// Who answers the pages. Without a server: web/site/pages/transport.js.
export const GONE = "Patella is not answering. Start it again in the terminal with “patella”; nothing you did is lost.";
export const ask = (address, wanted) => fetch(address, wanted);
export const current = () => location.pathname + location.search;
export const placed = (to) => to;
export const reopen = (to) => location.assign(to);
