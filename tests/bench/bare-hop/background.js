// The least that a background can do with a broadcast: it hands the words on to its page. Saves and knows nothing.
chrome.runtime.onConnect.addListener((port) => {
  port.onMessage.addListener(({ cableUrl, pubsubToken }) => {
    const identifier = JSON.stringify({ channel: 'RoomChannel', pubsub_token: pubsubToken });
    const socket = new WebSocket(cableUrl, ['actioncable-v1-json', 'actioncable-unsupported']);
    socket.onmessage = ({ data }) => {
      const { type, message } = JSON.parse(data);
      if (type === 'welcome') socket.send(JSON.stringify({ command: 'subscribe', identifier }));
      if (type === 'confirm_subscription') port.postMessage({ connected: true });
      if (message?.event === 'message.created') port.postMessage({ text: message.data.content });
    };
  });
});
