// Owns what the server was asked, for assertions, and lets a test await an arrival instead of sleeping.
// Must not influence the request.

/** A request as it arrived. `body` is parsed JSON, text, or null; `status` is absent until it was answered. */
export type LoggedRequest = { method: string; path: string; body: unknown; status?: number };
/** Any method and any path when absent; `path` is matched as a regular expression on path and query. */
export type RequestMatch = { method?: string; path?: string | RegExp };

export class RequestLog {
  #entries: LoggedRequest[] = [];
  #watchers = new Set<() => void>();

  add(entry: LoggedRequest): void {
    this.#entries.push(entry);
    for (const watch of this.#watchers) watch();
  }

  clear(): void {
    this.#entries = [];
  }

  /** Matching requests, oldest first. */
  list({ method, path = '' }: RequestMatch = {}): LoggedRequest[] {
    return this.#entries.filter(
      (entry) => (method === undefined || entry.method === method) && entry.path.search(path) !== -1,
    );
  }

  /** Resolves with the matching requests as soon as `count` of them have arrived; they need not be answered yet. */
  arrival({ count = 1, ...match }: RequestMatch & { count?: number } = {}): Promise<LoggedRequest[]> {
    return new Promise((resolve) => {
      const watch = () => {
        const found = this.list(match);
        if (found.length < count) return;
        this.#watchers.delete(watch);
        resolve(found);
      };
      this.#watchers.add(watch);
      watch();
    });
  }
}
