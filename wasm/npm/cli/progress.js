// Something to look at while work takes longer than a second; on a terminal only.

export function progress(total, what) {
  const started = Date.now();
  let last = started;
  let shown = false;
  return {
    step(done) {
      const now = Date.now();
      if (!process.stderr.isTTY || now - started < 1000 || now - last < 100) return;
      last = now;
      shown = true;
      process.stderr.write(`\r${done} of ${total} ${what}`);
    },
    end() {
      if (shown) process.stderr.write('\r\u001b[K');
    },
  };
}
