const list = document.querySelector('ul');
const port = chrome.runtime.connect();
port.onMessage.addListener(({ connected, text }) => {
  if (connected) list.dataset.connected = '';
  if (text === undefined) return;
  const line = document.createElement('li');
  line.textContent = text;
  list.append(line);
});
port.postMessage(Object.fromEntries(new URLSearchParams(location.search)));
