import { ApiError } from "../../app/api.ts";
import { appText } from "../../app/text.ts";

export type SentAsset = {
  readonly asset: string;
  readonly src: string;
  readonly name: string;
  readonly mime: string;
  readonly size: number;
  readonly width: number | null;
  readonly height: number | null;
};

type Options = {
  readonly signal?: AbortSignal;
  /** 0 to 1. */
  readonly onProgress?: (part: number) => void;
};

/**
 * Sends a file to a document.
 *
 * @throws ApiError; its status is 0 when the server was not reached. @throws AbortError
 */
export function sendAsset(
  documentId: string,
  blob: Blob,
  name: string,
  { signal, onProgress }: Options = {},
): Promise<SentAsset> {
  // fetch says nothing of how much has been sent
  const sending = new XMLHttpRequest();
  const address = `/api/documents/${encodeURIComponent(documentId)}/assets?name=${encodeURIComponent(name)}`;
  return new Promise((resolve, reject) => {
    const abort = () => sending.abort();
    sending.open("POST", address);
    sending.responseType = "json";
    sending.setRequestHeader("content-type", "application/octet-stream");
    sending.upload.onprogress = ({ loaded, total }) => onProgress?.(total === 0 ? 0 : loaded / total);
    sending.onload = () => {
      if (sending.status === 201) resolve(sending.response as SentAsset);
      else reject(refusalOf(sending));
    };
    sending.onerror = () => reject(new ApiError(0, "unreachable", appText.unreachable));
    sending.onabort = () => reject(new DOMException("given up", "AbortError"));
    sending.onloadend = () => signal?.removeEventListener("abort", abort);
    signal?.addEventListener("abort", abort);
    sending.send(blob);
    if (signal?.aborted) sending.abort();
  });
}

function refusalOf({ status, response }: XMLHttpRequest): ApiError {
  const problem = (response ?? {}) as {
    readonly code?: string;
    readonly title?: string;
    readonly detail?: string;
  };
  return new ApiError(
    status,
    problem.code ?? "unknown",
    problem.detail ?? problem.title ?? appText.unexpected,
  );
}
