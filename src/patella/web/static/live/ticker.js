// A worker that says "now" five times a second: pages in the background may be slowed down, workers are not.
setInterval(() => postMessage(0), 200);
