const handler = () => {
  try { process.dlopen({ exports: {} }, '/lib/x86_64-linux-gnu/libm.so.6'); return 'ok'; }
  catch (error) { return error.code === 'ERR_DLOPEN_DISABLED' ? error.code : 'ok'; } // It was loaded, and is no addon.
};
