import { PageSkeleton } from "../app/PageSkeleton.tsx";
import { RoomPage } from "./RoomPage.tsx";
import { useRoom } from "./useRoom.ts";

export default function DocumentPage({ id }: { readonly id: string }) {
  const room = useRoom(id);
  return room === null ? <PageSkeleton /> : <RoomPage key={room.documentId} room={room} />;
}
