// The one chunk of all that has to do with who is asking.
export { DetailsView } from './details-view';
export { EarlierHeader, EarlierNote, EarlierRow } from './earlier';
export { ListMenu } from './list-menu';
