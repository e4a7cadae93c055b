// The keys for back and forward, in a chunk of their own: before one has gone anywhere there is no way back.
import { lazy } from './lazy';

const wayKeys = lazy(() => import('./way-keys'));

export const loadWayKeys = wayKeys.load;
export const LazyWayKeys = wayKeys.view((module) => module.WayKeys);
