// A socket of the ws package behind the platform's interface, as lib/platform/system does it for the browser's.
import type { WebSocket } from 'ws';
import type { Socket } from '@/lib/platform/types';

export function asSocket(ws: WebSocket): Socket {
  const socket: Socket = {
    get protocol() {
      return ws.protocol;
    },
    send: (text) => ws.send(text),
    close: () => ws.close(),
    onopen: null,
    onmessage: null,
    onclose: null,
  };
  ws.on('open', () => socket.onopen?.());
  ws.on('message', (data) => socket.onmessage?.(String(data)));
  ws.on('error', () => {}); // always followed by close
  ws.on('close', () => socket.onclose?.());
  return socket;
}
