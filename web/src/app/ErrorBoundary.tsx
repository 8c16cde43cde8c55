import { Component, type ReactNode } from "react";
import { reloadPage } from "../offline/keepShell.ts";
import { Message } from "./Message.tsx";
import { appText } from "./text.ts";

type Props = { readonly children: ReactNode };
type State = { readonly broken: "no" | "outdated" | "yes" };

// Each browser words it in its own way; there is no code for it.
const missingChunk =
  /dynamically imported module|importing a module script|module script failed|preload CSS/i;

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { broken: "no" };

  static getDerivedStateFromError(error: unknown): State {
    const outdated = error instanceof Error && missingChunk.test(error.message);
    return { broken: outdated ? "outdated" : "yes" };
  }

  override render() {
    const { broken } = this.state;
    if (broken === "no") return this.props.children;
    return (
      <Message
        title={broken === "outdated" ? appText.newVersionTitle : appText.brokenTitle}
        hint={broken === "outdated" ? appText.newVersionHint : appText.brokenHint}
        testId="broken"
      >
        <button type="button" className="button button-accent" onClick={() => void reloadPage()}>
          {appText.reload}
        </button>
      </Message>
    );
  }
}
