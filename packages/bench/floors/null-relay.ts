import { createServer } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { answerFrame, openingFrame, readFrame } from "./relay-frames.ts";

interface Room {
  readonly updates: Uint8Array[];
  readonly sockets: Set<WebSocket>;
}

/** Not a product: a Node process that passes frames on. What it scores is what the benchmark itself and the loopback cost. */
const rooms = new Map<string, Room>();
const server = createServer((_request, response) => response.end("floor"));

new WebSocketServer({ server, perMessageDeflate: false }).on("connection", (socket, { url = "/" }) => {
  const room = rooms.get(url) ?? { updates: [], sockets: new Set() };
  rooms.set(url, room);
  room.sockets.add(socket);
  socket.on("close", () => room.sockets.delete(socket));
  socket.send(openingFrame());
  socket.on("message", (data: Buffer) => {
    const relayed = readFrame(data);
    if (relayed.kind === "question") return socket.send(answerFrame(room.updates));
    if (relayed.kind === "nothing") return;
    // lib0 hands out views, and the socket uses the buffer behind them again
    if (relayed.kind === "update") room.updates.push(relayed.update.slice());
    for (const other of room.sockets) if (other !== socket) other.send(data, { binary: true });
  });
});

server.listen(Number(process.env.PORT), "127.0.0.1");
