const item = document.createElement('li');
chrome.runtime.sendMessage('list').then((text) => {
  item.textContent = text;
  document.body.append(item);
});
