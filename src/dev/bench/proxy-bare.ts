import { Agent, createServer, request as send } from 'node:http';
import { announce } from './proxy-process.ts';

/** The least that a proxy can do: bodies are piped through, nothing is read. First argument: the provider's address. */
const target = new URL(process.argv[2] ?? '');
const agent = new Agent({ keepAlive: true });

const server = createServer((request, response) => {
  const { method, url: path, headers } = request;
  const onward = send({ host: target.hostname, port: target.port, method, path, headers, agent }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  request.pipe(onward);
});
announce(server);
