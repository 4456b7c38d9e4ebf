const attempt = (act) => { try { act(); return 'ok'; } catch (error) { return error.code ?? error.message; } };
const handler = () => [attempt(() => process.setuid(process.getuid())), attempt(() => process.setgid(process.getgid()))];
