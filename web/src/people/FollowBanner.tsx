import { stopFollowing, useFollowing } from "./following.ts";
import { peopleText } from "./text.ts";

/** Says with whom the page scrolls along, in their colour, and how to end it. */
export function FollowBanner() {
  const { followed } = useFollowing();
  if (followed === null) return null;
  return (
    <>
      <div
        className="screen-only pointer-events-none fixed inset-0 z-29 border-2"
        style={{ borderColor: followed.color }}
        aria-hidden="true"
      />
      <div
        className="floating screen-only fixed bottom-[max(1.5rem,calc(env(safe-area-inset-bottom)+4.5rem))] left-1/2 z-29! flex max-w-[calc(100vw-1.5rem)] -translate-x-1/2 items-center gap-2 py-1 pr-1 pl-3 text-md"
        data-testid="following"
        data-user-id={followed.id}
      >
        <span className="presence-dot" style={{ backgroundColor: followed.color }} aria-hidden="true" />
        <span className="min-w-0 truncate">{peopleText.following(followed.name)}</span>
        <button type="button" className="button flex-none border-0!" onClick={stopFollowing}>
          {peopleText.stopFollowing}
        </button>
      </div>
    </>
  );
}
