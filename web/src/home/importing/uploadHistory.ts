import { ApiError } from "../../app/api.ts";
import { appText } from "../../app/text.ts";

type Created = { readonly id: string; readonly title: string };
type Problem = { readonly title?: string; readonly detail?: string; readonly code?: string };

function parsed<T>(text: string): T | null {
  try {
    return JSON.parse(text) as T;
  } catch (_notJson) {
    return null;
  }
}

/**
 * Makes a document from a file that holds one with its whole history.
 *
 * @param onProgress called with how much has been sent, 0 to 1; at 1 the server reads and checks the file
 * @throws ApiError
 */
export function uploadHistory(file: File, onProgress: (sent: number) => void): Promise<Created> {
  const upload = new XMLHttpRequest();
  upload.open("POST", "/api/documents/import");
  upload.setRequestHeader("accept", "application/json");
  upload.setRequestHeader("content-type", "application/x-palimpsest-history");
  return new Promise((resolve, reject) => {
    // fetch cannot tell how much of a body it has sent.
    upload.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 1 : loaded / total);
    upload.upload.onload = () => onProgress(1);
    upload.onerror = () => reject(new ApiError(0, "unreachable", appText.unreachable));
    upload.onload = () => {
      const created = upload.status === 201 ? parsed<Created>(upload.responseText) : null;
      if (created !== null) {
        resolve(created);
        return;
      }
      const problem = parsed<Problem>(upload.responseText);
      const message = problem?.detail ?? problem?.title ?? appText.unexpected;
      reject(new ApiError(upload.status, problem?.code ?? "unknown", message));
    };
    upload.send(file);
  });
}
