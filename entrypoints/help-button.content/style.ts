// The look of the Help button (look.md §2), complete for one state: colours and corner are written into the sheet.
import type { ButtonView } from '@/lib/messaging/commands';

/** The style sheet of the shadow root. The view's colours must be #rrggbb. */
export function styleOf({ colors, position }: Pick<ButtonView, 'colors' | 'position'>): string {
  const { fill, fillHover, fillPressed, onFill } = colors;
  const edge = `inset 0 0 0 1px ${onFill}52, 0 2px 8px #0003`;
  // Important in a shadow root is stronger than important in the page.
  return `
:host{all:initial!important;position:fixed!important;inset-block-end:20px!important;inset-inline-${position === 'bottom-start' ? 'start' : 'end'}:20px!important;z-index:2147483000!important}
button,span{all:unset;display:flex;align-items:center;justify-content:center;gap:6px}
button{box-sizing:border-box;height:40px;padding-inline:11px 16px;border-radius:20px;background:${fill};color:${onFill};box-shadow:${edge};font:600 14px/20px system-ui,sans-serif;white-space:nowrap;cursor:pointer;user-select:none}
button[hidden]{display:none}
button:hover{background:${fillHover}}
button:active,button.open{background:${fillPressed}}
button:focus-visible{outline:2px solid #fff;box-shadow:${edge},0 0 0 4px #111418}
.slot{width:22px;height:22px}
.count{width:auto;min-width:20px;height:20px;margin:0 1px;border-radius:10px;background:${onFill};color:${fill};font-size:12px}
svg{width:18px;height:18px;fill:none;stroke:currentColor;stroke-width:2.67;stroke-linecap:round;stroke-linejoin:round}
@media (forced-colors:active){button,.count{border:1px solid CanvasText}}
@media print,(display-mode:fullscreen){:host{display:none!important}}`;
}
