// Two outline icons of Lucide 1.48 (ISC), made by DOM calls.
const svg = 'http://www.w3.org/2000/svg';

const paths = {
  // message-circle-question-mark
  help: 'M2.992 16.342a2 2 0 0 1 .094 1.167l-1.065 3.29a1 1 0 0 0 1.236 1.168l3.413-.998a2 2 0 0 1 1.099.092 10 10 0 1 0-4.777-4.719M9.09 9a3 3 0 0 1 5.83 1c0 2-3 3-3 3M12 17h.01',
  // x
  close: 'M18 6 6 18m0-12 12 12',
};

/** An icon that fills its slot and takes the colour of the text. */
export function iconOf(name: keyof typeof paths): SVGElement {
  const icon = document.createElementNS(svg, 'svg');
  icon.setAttribute('viewBox', '0 0 24 24');
  const path = document.createElementNS(svg, 'path');
  path.setAttribute('d', paths[name]);
  icon.append(path);
  return icon;
}
