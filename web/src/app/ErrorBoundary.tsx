import { Component, type ReactNode } from "react";
import { Message } from "./Message.tsx";
import { appText } from "./text.ts";

type Props = { readonly children: ReactNode };
type State = { readonly broken: boolean };

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { broken: false };

  static getDerivedStateFromError(): State {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <Message title={appText.brokenTitle} hint={appText.brokenHint} testId="broken">
        <button type="button" className="button button-accent" onClick={() => window.location.reload()}>
          {appText.reload}
        </button>
      </Message>
    );
  }
}
