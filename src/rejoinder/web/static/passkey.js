// Passkeys: asks the browser what the page's form says, and sends its answer with the form.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  buffer && btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const asked = (form) => {
  const options = JSON.parse(form.dataset.options);
  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  for (const each of options.excludeCredentials || []) each.id = bytes(each.id);
  return options;
};

const send = (form, { id, rawId, type, response, authenticatorAttachment }) => {
  form.elements.answer.value = JSON.stringify({
    id,
    rawId: text(rawId),
    type,
    authenticatorAttachment,
    clientExtensionResults: {},
    response: {
      clientDataJSON: text(response.clientDataJSON),
      attestationObject: text(response.attestationObject),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
      userHandle: text(response.userHandle),
    },
  });
  form.submit();
};

const begin = (form) => {
  const making = form.dataset.passkey === "create";
  const failed = form.querySelector("[data-failed]");
  let waiting;
  const ask = async (more) => {
    waiting?.abort();
    waiting = new AbortController();
    const query = { publicKey: asked(form), signal: waiting.signal, ...more };
    const found = await (making ? navigator.credentials.create(query) : navigator.credentials.get(query));
    if (found) send(form, found);
  };
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    failed.hidden = true;
    ask({}).catch(() => (failed.hidden = false));
  });
  if (!making && form.dataset.passkey === "offer") {
    PublicKeyCredential.isConditionalMediationAvailable?.().then((can) => can && ask({ mediation: "conditional" }).catch(() => {}));
  }
};

if (window.PublicKeyCredential) document.querySelectorAll("[data-passkey]").forEach(begin);
