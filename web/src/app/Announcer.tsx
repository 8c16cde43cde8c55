import { useAnnouncement } from "./announce.ts";

export function Announcer() {
  const { id, text } = useAnnouncement();
  return (
    <div className="sr-only" aria-live="polite" data-testid="announcer">
      <span key={id}>{text}</span>
    </div>
  );
}
