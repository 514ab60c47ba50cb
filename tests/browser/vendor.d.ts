// The third-party modules as the pages use them, for the type checker.
export const options: any, h: any, render: any, Fragment: any, createRef: any;
export function useEffect(act: () => any, keys?: any[]): void;
export function useLayoutEffect(act: () => any, keys?: any[]): void;
export function useMemo<T>(make: () => T, keys: any[]): T;
export function useRef<T>(first: T): { current: T };
export function useState<T>(first: T | (() => T)): [T, (next: T | ((was: T) => T)) => void];
export function useCallback<T>(act: T, keys: any[]): T;
export function useId(): string;
declare const htm: { bind(h: any): (strings: TemplateStringsArray, ...values: any[]) => any };
export default htm;
export const expressionInterpreter: any;
