// Keys by Playwright's names as the protocol's key actions. Sends nothing.

const NAMED: Readonly<Record<string, string>> = {
  Backspace: '\ue003',
  Tab: '\ue004',
  Enter: '\ue006',
  Shift: '\ue008',
  Control: '\ue009',
  Alt: '\ue00a',
  Escape: '\ue00c',
  PageUp: '\ue00e',
  PageDown: '\ue00f',
  End: '\ue010',
  Home: '\ue011',
  ArrowLeft: '\ue012',
  ArrowUp: '\ue013',
  ArrowRight: '\ue014',
  ArrowDown: '\ue015',
  Delete: '\ue017',
};

export interface KeyAction {
  type: 'keyDown' | 'keyUp';
  value: string;
}

/** A chord such as `Shift+Enter`: pressed from left to right, let go from right to left. Throws for an unknown name. */
export function chord(keys: string): KeyAction[] {
  const values = keys.split(/(?<=.)\+/).map(keyValue);
  return [
    ...values.map((value) => ({ type: 'keyDown' as const, value })),
    ...values.toReversed().map((value) => ({ type: 'keyUp' as const, value })),
  ];
}

/** A text, character by character. */
export function typing(text: string): KeyAction[] {
  return [...text].flatMap((value) => [
    { type: 'keyDown' as const, value },
    { type: 'keyUp' as const, value },
  ]);
}

function keyValue(key: string): string {
  const value = NAMED[key] ?? ([...key].length === 1 ? key : undefined);
  if (value === undefined) throw new Error(`Which key is ${key}?`);
  return value;
}
