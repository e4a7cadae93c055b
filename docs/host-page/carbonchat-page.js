// docs/host-page.md
{
  let user;
  let own;
  const block = document.createElement('script');
  block.type = 'application/json';
  block.dataset.carbonchatUser = '';
  const fire = (name, what) =>
    document.dispatchEvent(new CustomEvent(`carbonchat:${name}`, { detail: JSON.stringify(what) }));
  const say = (next, attributes) => {
    own = attributes;
    user = next && { ...next, customAttributes: own };
    block.replaceChildren(JSON.stringify(user) ?? '');
    document.head.append(block);
    if (!user && own) fire('set-custom-attributes', own);
  };
  addEventListener('carbonchat:ready', () => say(user, own));
  window.$carbonchat = {
    setUser(id, fields) {
      const next = { identifier: `${id}` };
      for (const key in fields) next[key.replace(/_./, (end) => end[1].toUpperCase())] = fields[key];
      say(next, next.customAttributes);
    },
    setCustomAttributes: (more) => say(user, { ...own, ...more }),
    toggle: (want) => fire('toggle', want),
    reset: () => say(null),
  };
}
