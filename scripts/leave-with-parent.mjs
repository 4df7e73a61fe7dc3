// Loaded into the servers that a command starts. If the command is killed and cannot stop them, they leave by
// themselves instead of holding the port for ever.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit(1);
}, 500).unref();
