import { appText } from "./text.ts";

/** An answer other than 2xx; `status` is 0 when there was no answer at all. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
  }
}

type Problem = { readonly title?: string; readonly detail?: string; readonly code?: string };

async function readProblem(response: Response): Promise<Problem> {
  try {
    return (await response.json()) as Problem;
  } catch (_notJson) {
    return {};
  }
}

type Init = {
  readonly method?: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is. */
  readonly file?: Blob;
  readonly signal?: AbortSignal;
};

async function send(path: string, init: Init): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: init.method ?? "GET",
      credentials: "same-origin",
      headers: {
        accept: "application/json",
        ...(init.body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
      ...(init.file === undefined ? {} : { body: init.file }),
      ...(init.signal === undefined ? {} : { signal: init.signal }),
    });
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new ApiError(0, "unreachable", appText.unreachable, { cause });
  }
  if (response.ok) return response;
  const problem = await readProblem(response);
  throw new ApiError(
    response.status,
    problem.code ?? "unknown",
    problem.detail ?? problem.title ?? appText.unexpected,
  );
}

export async function request<T>(path: string, init: Init = {}): Promise<T> {
  const response = await send(path, init);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : appText.unexpected;
}
