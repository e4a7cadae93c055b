// The least that a panel behind a stopped worker can do: it asks, the worker answers.
chrome.runtime.onMessage.addListener((_message, _sender, answer) => {
  answer('Conversation');
});
