// The window of a log-in for a page of the publisher's: tells that page, and no other, and closes.

const done = document.querySelector("[data-hand-over]");
if (done && opener) {
  const { handOver, nonce, name, token } = done.dataset;
  opener.postMessage({ type: "rejoinder:signed-in", nonce, name, token }, handOver); // whoever else opened us hears nothing
  close();
}
document.querySelector("form[data-confirmed]")?.requestSubmit();
