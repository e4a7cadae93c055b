// What the build put into the code: the configuration file and two times. Constants only.
import type { Config } from './config';

declare const __CARBONCHAT_CONFIG__: Config;
declare const __REQUEST_TIMEOUT_MS__: number;
declare const __SETTLE_MS__: number;

/** The configuration that the extension was built with; checked by the build. */
export const builtInConfig = __CARBONCHAT_CONFIG__;

/** Milliseconds after which a request counts as unanswered (design §6). */
export const requestTimeout = __REQUEST_TIMEOUT_MS__;

/** Milliseconds from the end of an unanswered attempt until it is looked up on the server (design §6). */
export const settleTime = __SETTLE_MS__;
