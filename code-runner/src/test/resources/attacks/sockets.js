const net = require('node:net');
const settle = (emitter, event, end) => new Promise((resolve) => {
  emitter.on('error', (error) => resolve(error.code));
  emitter.on(event, () => { resolve('ok'); end(); });
});
const handler = ({ port }) => {
  const server = net.createServer();
  const results = [settle(net.connect(port, '127.0.0.1'), 'connect', () => process.nextTick(() => {})),
    settle(server, 'listening', () => server.close())];
  server.listen(0, '127.0.0.1');
  return Promise.all(results).finally(() => setTimeout(() => process.exit(0), 200).unref());
};
