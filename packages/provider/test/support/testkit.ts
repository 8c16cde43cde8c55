// the fakes stand in the testkit; its index belongs to the tests of the server side
export { FakeClock, settle } from "../../../testkit/src/clock.ts";
export { type FakeSocket, FakeSockets, type SocketData } from "../../../testkit/src/socket.ts";
