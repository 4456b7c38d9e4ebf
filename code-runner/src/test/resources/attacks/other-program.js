const { spawnSync } = require('node:child_process');
const handler = () => [spawnSync('/bin/true').error?.code ?? 'ok',
  spawnSync('/bin/true', { env: { LD_PRELOAD: '/lib/x86_64-linux-gnu/libm.so.6' } }).error?.code ?? 'ok'];
