import { Message } from "./Message.tsx";
import { appText } from "./text.ts";

export function NotFound() {
  return <Message title={appText.notFoundTitle} hint={appText.notFoundHint} testId="not-found" />;
}
