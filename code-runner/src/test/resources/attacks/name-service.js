const dgram = require('node:dgram');
const handler = ({ udpPort }) => new Promise((resolve) => {
  try {
    const socket = dgram.createSocket('udp4');
    socket.on('error', (error) => resolve(error.code));
    socket.send('secret.example.com', udpPort, '127.0.0.1', (error) => { resolve(error ? error.code : 'ok'); socket.close(); });
  } catch (error) { resolve(error.code); }
});
