const attempt = (act) => { try { act(); return 'ok'; } catch (error) { return error.code ?? error.message; } };
const handler = ({ pid }) => [pid, process.ppid].map((other) => attempt(() => process.kill(other, 0)));
