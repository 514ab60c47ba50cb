// The one door to Preact and htm, so that no other file names them.
import { h, render, Fragment, createRef } from "/static/vendor/preact.js";
import { useEffect, useLayoutEffect, useMemo, useRef, useState, useCallback, useId } from "/static/vendor/hooks.js";
import htm from "/static/vendor/htm.js";

export const html = htm.bind(h);
export { h, render, Fragment, createRef, useEffect, useLayoutEffect, useMemo, useRef, useState, useCallback, useId };
