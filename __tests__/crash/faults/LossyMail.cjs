/** Event queue and pub/sub of a host over the driver's `BadMail`, which gives no guarantee whatever. */
const { createSocket } = require('node:dgram');

class LossyMail {
  constructor(port) {
    this.port = port;
    this.queues = new Map();
    this.listeners = new Map();
    this.socket = null;
  }

  isConnected() {
    return this.socket !== null;
  }

  connect() {
    if (this.socket) return;
    this.socket = createSocket('udp4');
    this.socket.on('message', (bytes) => {
      const { to, channel, content } = JSON.parse(bytes.toString());
      if (to === 'all') for (const listener of this.listeners.get(channel) ?? []) void listener(content);
      else void this.queues.get(channel)?.process(content, { id: '', retried: 0, signal: AbortSignal.timeout(60_000) });
    });
    this.socket.unref();
    this.send({ to: 'hello' });
  }

  close() {
    this.socket?.close();
    this.socket = null;
  }

  send(letter) {
    this.socket?.send(JSON.stringify(letter), this.port, '127.0.0.1');
  }
}

exports.LossyQueue = class extends LossyMail {
  subscribe(channel, event) {
    this.queues.set(channel, event);
  }
  unsubscribe(channel) {
    this.queues.delete(channel);
  }
  publish(channel, content) {
    this.send({ to: 'one', channel, content });
  }
};

exports.LossyPubSub = class extends LossyMail {
  subscribe(channel, listener) {
    this.listeners.set(channel, new Set(this.listeners.get(channel)).add(listener));
  }
  unsubscribe(channel, listener) {
    this.listeners.get(channel)?.delete(listener);
  }
  publish(channel, content) {
    this.send({ to: 'all', channel, content });
  }
};
