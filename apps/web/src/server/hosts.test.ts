import { expect, it } from "vitest";
import { acceptsHost, hostRefusal } from "./hosts.ts";

const machine = "Desk.lab.example";
const on = (address: string, ...allowed: string[]) => ({ address, allowed });

it.each([
  ["127.0.0.1", ["localhost", "localhost:3000", "LOCALHOST:80", "localhost.", "127.0.0.1:3000", "[::1]", "[::1]:3000"]],
  ["::1", ["localhost:3000", "[::1]:3000"]],
  ["0.0.0.0", ["localhost:3000", "192.168.1.5:3000", "[fe80::1]:3000", "desk", "desk.lab.example:3000", "desk.local"]],
])("listening on %s, it answers to %j", (address, hosts) => {
  for (const host of hosts) expect(acceptsHost(host, on(address), machine), host).toBe(true);
});

it.each([
  ["127.0.0.1", ["evil.com", "evil.com:3000", "localhost.evil.com", "192.168.1.5", "desk", "127.0.0.1.evil.com"]],
  ["localhost", ["0.0.0.0", "127.0.0.2.nip.io"]],
  ["0.0.0.0", ["evil.com", "desk.evil.com", "192.168.1.5.nip.io", "local"]],
])("listening on %s, it does not answer to %j", (address, hosts) => {
  for (const host of hosts) expect(acceptsHost(host, on(address), machine), host).toBe(false);
});

it.each([null, "", ":80", "localhost:http", "user@localhost", "[localhost", "localhost/..", "[::1]evil.com", "a b"])(
  "takes %j for no host",
  (host) => expect(acceptsHost(host, on("0.0.0.0"), machine)).toBe(false),
);

it("answers to the allowed names beside localhost, and off loopback to these alone", () => {
  const lab = ["ae.lab.example", "10.0.0.7"];
  for (const address of ["127.0.0.1", "0.0.0.0"]) {
    for (const host of ["AE.lab.example:8080", "10.0.0.7", "localhost"]) {
      expect(acceptsHost(host, on(address, ...lab), machine), host).toBe(true);
    }
    for (const host of ["desk", "10.0.0.8", "evil.com"]) {
      expect(acceptsHost(host, on(address, ...lab), machine), host).toBe(false);
    }
  }
});

it("says which hosts it expected, what came, and how to name more", () => {
  expect(hostRefusal("evil.com", on("127.0.0.1"))).toBe(
    'expected one of this site\'s hosts (localhost, 127.0.0.1, [::1]) but got "evil.com"; name further ones when you start it: ALLOWED_HOSTS=NAME,NAME npm start',
  );
  expect(hostRefusal(null, on("0.0.0.0"))).toMatch(/\[::1\], an IP address or this machine's name\) but got none;/);
  expect(hostRefusal("x", on("0.0.0.0", "ae.lab"))).toMatch(/\(localhost, 127.0.0.1, \[::1\], ae.lab\)/);
});
