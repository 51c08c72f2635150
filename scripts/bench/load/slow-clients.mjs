import { connect } from "node:net";

/**
 * Opens connections that hardly move: some send a request a byte a second and never come to its end, some read a long
 * answer a byte a second.
 * @param options.beat milliseconds between two bytes
 * @returns `close`, which counts those that the server had closed by then
 */
export function slowClients(url, { senders, readers, path, beat = 1000 }) {
  const { hostname, port, host } = new URL(url);
  const at = { port: Number(port || 80), host: hostname.replace(/^\[|\]$/g, "") };
  const head = (asked) => `GET ${asked} HTTP/1.1\r\nHost: ${host}\r\n`;
  const clients = [
    ...Array.from({ length: senders }, () => dribble(at, `${head("/")}X-Slow: `, beat)),
    ...Array.from({ length: readers }, () => sip(at, `${head(path)}\r\n`, beat)),
  ];
  return {
    close() {
      const closed = clients.filter(({ socket }) => socket.destroyed).length;
      for (const { socket, timer } of clients) {
        clearInterval(timer);
        socket.destroy();
      }
      return { open: clients.length - closed, closed };
    },
  };
}

/** Sends the beginning of a request byte by byte, and then a header that goes on and on. */
function dribble(at, beginning, beat) {
  const socket = connect(at).on("error", () => {}); // a server may throw it out
  let sent = 0;
  const timer = setInterval(() => socket.writable && socket.write(beginning[sent++] ?? "a"), beat);
  return { socket, timer };
}

/** Asks at once and takes the answer out of the socket a byte at a time: what does not fit in between waits at the server. */
function sip(at, asked, beat) {
  const onread = { buffer: Buffer.alloc(1), callback: () => false }; // false: no further byte until `resume`
  const socket = connect({ ...at, onread }).on("error", () => {});
  socket.write(asked);
  const timer = setInterval(() => socket.resume(), beat);
  return { socket, timer };
}
