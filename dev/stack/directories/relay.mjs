/** Carries connections from a socket file to a port of this network: `node relay.mjs <file> <port>`. A file crosses networks. */
import { connect, createServer } from 'node:net'

const [, , file, port] = process.argv
createServer((client) => {
  const server = connect({ host: '127.0.0.1', port: Number(port) })
  client.pipe(server).pipe(client)
  for (const [end, other] of [
    [client, server],
    [server, client],
  ]) {
    end.on('error', () => other.destroy())
    // Nobody reads any more what the other still sends (carry.ts).
    end.once('close', () => other.destroySoon())
  }
}).listen(file)
