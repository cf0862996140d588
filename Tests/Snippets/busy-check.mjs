// Checks `call` of usher.mjs against a server that is busy at first, and one that says no.
import { createServer } from "node:http";
import { call, Refused } from "./usher.mjs";

let requests = 0;
const server = createServer((request, response) => {
  requests += 1;
  if (request.headers.authorization === "Bearer refused") {
    response.writeHead(409, { "Content-Type": "application/problem+json" }).end('{"code":"CONFLICT","detail":"Taken."}');
  } else if (requests === 1) {
    response.writeHead(429, { "Retry-After": "1" }).end("{}");
  } else {
    response.writeHead(200).end('{"success":true,"response":{"id":7},"time":1}');
  }
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const url = `http://127.0.0.1:${server.address().port}`;

const { id } = await call(url, "busy", "get-user", { userId: 7 });
if (id !== 7 || requests !== 2) throw new Error(`after a 429: ${requests} requests, user ${id}`);
const error = await call(url, "refused", "get-user", { userId: 7 }).catch((thrown) => thrown);
if (!(error instanceof Refused) || requests !== 3) throw new Error(`after a 409: ${requests} requests, ${error}`);
server.close();
server.closeAllConnections();
