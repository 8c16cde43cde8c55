import { once } from "node:events";
import { createServer, type IncomingMessage, request } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";

/** A server behind which a new version of the page may be put. */
export interface UpdatableLine {
  readonly url: string;
  /** From here on its service worker is another one. */
  readonly update: () => void;
  readonly close: () => Promise<void>;
}

/** Passes everything on, but for the bytes of the service worker, by which a browser tells one version from the next. */
export async function layUpdatableLine(serverUrl: string): Promise<UpdatableLine> {
  const { port } = new URL(serverUrl);
  const far = { host: "127.0.0.1", port: Number(port) };
  const sockets = new Set<Duplex>();
  let version = 0;
  const server = createServer((near, answer) => {
    const { method = "GET", url = "/", headers } = near;
    const isWorker = url === "/sw.js" && version > 0;
    // as it is, and not "unchanged"
    const { "accept-encoding": _encoding, "if-none-match": _match, ...plain } = headers;
    const asked = request({ ...far, method, path: url, headers: isWorker ? plain : headers }, (response) => {
      const { "content-length": _length, etag: _tag, ...rest } = response.headers;
      answer.writeHead(response.statusCode ?? 502, isWorker ? rest : response.headers);
      if (!isWorker) {
        response.pipe(answer);
        return;
      }
      response.on("data", (part: Buffer) => answer.write(part));
      response.on("end", () => answer.end(`\n// version ${version}\n`));
    });
    asked.on("error", () => answer.destroy());
    near.pipe(asked);
  });
  server.on("upgrade", (near: IncomingMessage, socket: Duplex, head: Buffer) => {
    const other: Socket = connect(far.port, far.host);
    const lines = Object.entries(near.headers).map(([name, value]) => `${name}: ${String(value)}`);
    other.write([`GET ${near.url} HTTP/1.1`, ...lines, "", ""].join("\r\n"));
    other.write(head);
    for (const each of [socket, other]) {
      sockets.add(each);
      each.on("error", () => each.destroy());
      each.on("close", () => {
        socket.destroy();
        other.destroy();
      });
    }
    socket.pipe(other);
    other.pipe(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    update: () => {
      version++;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
