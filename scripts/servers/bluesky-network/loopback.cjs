// Preloaded into the development network, which by itself listens on every interface: a listener that
// names no host gets 127.0.0.1, and "localhost" is looked up as IPv4 first.
const net = require('node:net');
const dns = require('node:dns');

dns.setDefaultResultOrder('ipv4first');

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (...args) {
  const [first] = args;
  if (first !== null && typeof first === 'object') {
    const isPort = !('fd' in first) && !first.path && !first._handle;
    return listen.apply(this, isPort ? [{ ...first, host: '127.0.0.1' }, ...args.slice(1)] : args);
  }
  if (first == null || typeof first === 'number' || /^\d+$/.test(first)) {
    const ready = args.find((arg) => typeof arg === 'function');
    const where = { port: Number(first ?? 0), host: '127.0.0.1' };
    return listen.apply(this, ready ? [where, ready] : [where]);
  }
  return listen.apply(this, args);
};
