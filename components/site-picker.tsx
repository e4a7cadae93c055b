// The company's name in the header; with several of them in one extension, also the way to the others.
import { ChevronDown } from 'lucide-preact';
import { Badge } from './badge';
import { usePanel } from './context';

/** Draws the name alone where there is nothing to choose. */
export function SitePicker() {
  const { panel, words } = usePanel();
  const site = panel.state.site.value;
  const others = panel.state.others.value;
  const company = site?.name ?? '';
  const heading = (
    <h1 class={company ? 'header-name' : 'unseen'} title={company}>
      {company || words.text('conversations')}
    </h1>
  );
  if (!site || others.length === 0) return heading;
  const unread = others.reduce((sum, other) => sum + other.unread, 0);
  return (
    <div class="site-picker">
      {heading}
      <ChevronDown size={16} />
      <Badge count={unread} />
      <select
        aria-label={words.text('chooseCompany')}
        value={site.siteId}
        onChange={(event) => panel.showSite(event.currentTarget.value)}
      >
        <option value={site.siteId}>{company}</option>
        {others.map(({ siteId, name, unread: waiting }) => (
          <option key={siteId} value={siteId}>
            {waiting > 0 ? words.plural('companyUnread', waiting, { company: name }) : name}
          </option>
        ))}
      </select>
    </div>
  );
}
