// Owns the errors a request can end in, and their bodies (contract §2 "Error bodies").
// Must not decide when they happen.

/** Thrown by routes and actions; turned into an answer in one place (answers.ts). */
export class Problem extends Error {
  constructor(
    readonly status: 400 | 401 | 404 | 422 | 500,
    /** null: an empty body of type text/html. */
    readonly body: Record<string, unknown> | null,
    /** Records that fail validation are answered by the controller, the rest by Rails' exceptions app. */
    readonly fromController = false,
  ) {
    super(`answered ${status}`);
  }
}

export const notFound = () => new Problem(404, { status: 404, error: 'Not Found' });
export const serverError = () => new Problem(500, { status: 500, error: 'Internal Server Error' });
export const brokenBody = () => new Problem(400, null);
export const wrongAccessToken = () => new Problem(401, { error: 'Invalid Access Token' }, true);

/** 422 of deleting a contact that is online, with its name as the real server puts it. */
export const busyContact = (name: string) => {
  const written = `${name.charAt(0).toUpperCase()}${name.slice(1).toLowerCase()}`;
  return new Problem(422, { message: `${written} is Online, please try again later` }, true);
};

/** 422 with all messages joined, in the order of the attributes. */
export const invalid = (faults: { attribute: string; message: string }[]) =>
  new Problem(
    422,
    {
      message: faults.map((fault) => fault.message).join(', '),
      attributes: faults.map((fault) => fault.attribute),
    },
    true,
  );
