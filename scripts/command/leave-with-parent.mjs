// Loaded into the servers that a command starts. If the command is killed and cannot stop them, they exit by themselves
// and free the port.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit(1);
}, 500).unref();
