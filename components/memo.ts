// Draws a view again only when one of its props is another value. For views in long lists, whose props are objects
// that the models reuse; such a view must not read signals. preact/compat has this too, with 4 KB of other things.
import { Component, type ComponentChild, type FunctionComponent } from 'preact';

export function memo<Props extends object>(draw: (props: Props) => ComponentChild): FunctionComponent<Props> {
  class Memo extends Component<Props> {
    override shouldComponentUpdate(next: Readonly<Props>): boolean {
      return Object.keys(next).some((name) => next[name as keyof Props] !== this.props[name as keyof Props]);
    }
    override render(): ComponentChild {
      return draw(this.props);
    }
  }
  return Memo as unknown as FunctionComponent<Props>;
}
