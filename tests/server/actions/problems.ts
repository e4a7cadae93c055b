// Owns the errors a request can end in, and their bodies (contract §2 "Error bodies").
// Must not decide when they happen.

import { capitalized } from './names';

/** Thrown by routes and actions; turned into an answer in one place (http/responses.ts). */
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

/** 422 of deleting a contact that is online. */
export const busyContact = (name: string) =>
  new Problem(422, { message: `${capitalized(name)} is Online, please try again later` }, true);

/** 422 in the form that the controllers give what they refuse by themselves. */
export const unprocessable = (error: string) => new Problem(422, { error }, true);

/** 422 with all messages joined, in the order of the attributes, each of which is named once. */
export const invalid = (faults: { attribute: string; message: string }[]) =>
  new Problem(
    422,
    {
      message: faults.map((fault) => fault.message).join(', '),
      attributes: [...new Set(faults.map((fault) => fault.attribute))],
    },
    true,
  );
