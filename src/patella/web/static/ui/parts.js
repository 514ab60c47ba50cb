// Small pieces that every view is made of.
import { html, useLayoutEffect, useRef } from "/static/ui/html.js";

/** A thigh, a shin and a coral dot: the kneecap. @param {{hop?: number, size?: number}} props `hop` changes once a rep */
export function Logo({ hop = 0, size = 32 }) {
  return html`<svg class="logo" width=${size} height=${size} viewBox="0 0 32 32" aria-hidden="true">
    <path class="bone" d="M9 3.5 14.6 11" /><path class="bone" d="M16.4 21.6 14 29" />
    <circle key=${hop} class=${hop ? "kneecap hop" : "kneecap"} cx="17.6" cy="16" r="3.7" />
  </svg>`;
}

const PATHS = {
  play: "M8 5.5v13l10.5-6.5z", pause: "M8 5.5v13M16 5.5v13", next: "M6 5.5 14.5 12 6 18.5zM18 5.5v13", back: "M18 5.5 9.5 12l8.5 6.5zM6 5.5v13",
  plus: "M12 5v14M5 12h14", minus: "M5 12h14", check: "M5 12.5 10 17.5 19.5 7", close: "M6 6l12 12M18 6 6 18", undo: "M9 7 4.5 11.5 9 16M5 11.5h9a5 5 0 0 1 0 10h-2",
  sound: "M5 9.5v5h3.5L13 18.5v-13L8.5 9.5zM16 9a4 4 0 0 1 0 6M18.5 6.5a8 8 0 0 1 0 11", mute: "M5 9.5v5h3.5L13 18.5v-13L8.5 9.5zM16.5 9.5l5 5M21.5 9.5l-5 5",
  camera: "M4 7.5h10.5v9H4zM14.5 11l5.5-3v8l-5.5-3z", left: "M14.5 5 7.5 12l7 7", right: "M9.5 5l7 7-7 7",
 
  settings: "M4 7.5h9M17 7.5h3M4 16.5h3M11 16.5h9M15 5.2a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6zM9 14.2a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6z",
  hurt: "M13.5 3 6.5 13h4.5l-1 8 7.5-10.5H13z", swap: "M5 8.5h12M14 5l3.5 3.5L14 12M19 15.5H7M10 12l-3.5 3.5L10 19", skip: "M5 12h13M13 7l5 5-5 5", easier: "M5 6.5 12 12l7-5.5M5 12.5 12 18l7-5.5", wait: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4.5l3 2", book: "M5 5.5c3-1.2 5-.8 7 .8 2-1.6 4-2 7-.8v13c-3-1.2-5-.8-7 .8-2-1.6-4-2-7-.8z",
};

/** @param {{of?: keyof typeof PATHS, path?: string, size?: number}} props one that is known here, or the path of another */
export const Icon = ({ of, path = of && PATHS[of], size = 24 }) => html`<svg class="icon" width=${size} height=${size} viewBox="0 0 24 24" aria-hidden="true"><path d=${path} /></svg>`;

const COLOURS = { green: "Green", amber: "Amber", red: "Red" };
const SHAPES = { green: "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z", amber: "M8 1.2 15.4 14.6H.6z", red: "M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5z" };

/** A pain colour as a shape: a circle, a triangle, an octagon. @param {{colour: string|null, word?: string|null}} props */
export function Mark({ colour, word }) {
  if (!colour || !(colour in COLOURS)) return null;
  const c = /** @type {"green"|"amber"|"red"} */ (colour);
  const said = word === undefined ? COLOURS[c] : word;
  return html`<span class="mark ${c}"><svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><path d=${SHAPES[c]} /></svg>${said}</span>`;
}

/** The heading of a view: it takes the focus when the view opens. @param {{children: any, class?: string, keep?: any}} props */
export function Title({ children, class: name = "", keep = 0 }) {
  const ref = useRef(/** @type {HTMLElement|null} */ (null));
  useLayoutEffect(() => {
    ref.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [keep]);
  return html`<h1 ref=${ref} tabindex="-1" class=${name}>${children}</h1>`;
}

/**
 * A question that lies over the page. Escape puts it away.
 * @param {{label: string, onClose: () => void, children: any, class?: string}} props
 */
export function Sheet({ label, onClose, children, class: name = "" }) {
  const ref = useRef(/** @type {HTMLDialogElement|null} */ (null));
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  const cancel = (event) => { event.preventDefault(); onClose(); };
  const outside = (event) => event.target === ref.current && onClose();
  return html`<dialog ref=${ref} class="sheet ${name}" aria-label=${label} onCancel=${cancel} onClick=${outside}><div class="inside">${children}</div></dialog>`;
}
