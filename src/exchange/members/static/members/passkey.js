/* Passkeys: shows the forms marked data-passkey where the browser can, and talks to the key.
   Loaded only by the pages that offer a passkey; everything else works without it. */
(function () {
  "use strict";
  if (!window.PublicKeyCredential || !navigator.credentials || !window.fetch) return;

  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (c) { return c.charCodeAt(0); }).buffer;
  }
  function text(buffer) {
    if (!buffer) return null;
    return btoa(String.fromCharCode.apply(null, new Uint8Array(buffer)))
      .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
  function withBytes(key) {
    key.challenge = bytes(key.challenge);
    if (key.user) key.user.id = bytes(key.user.id);
    [].concat(key.excludeCredentials || [], key.allowCredentials || []).forEach(function (one) {
      one.id = bytes(one.id);
    });
    return key;
  }
  function plain(credential) {
    var response = {};
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]
      .forEach(function (name) {
        if (name in credential.response) response[name] = text(credential.response[name]);
      });
    return {
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment,
      response: response,
      clientExtensionResults: credential.getClientExtensionResults()
    };
  }
  function options(form) {
    var given = document.getElementById("passkey-options");
    if (given) return Promise.resolve(JSON.parse(given.textContent));
    return fetch(form.action, { headers: { Accept: "application/json" } })
      .then(function (answer) { return answer.json(); });
  }
  function ask(form, given) {
    if (form.dataset.passkey !== "add") {
      return navigator.credentials.get({ publicKey: withBytes(given.request_options.publicKey) });
    }
    var key = withBytes(given.creation_options.publicKey);
    var wish = key.authenticatorSelection = key.authenticatorSelection || {};
    wish.residentKey = "required";
    wish.requireResidentKey = true;
    wish.userVerification = "required";
    return navigator.credentials.create({ publicKey: key });
  }

  document.querySelectorAll("form[data-passkey]").forEach(function (form) {
    var trouble = form.querySelector("[data-trouble]");
    form.hidden = false;
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      trouble.hidden = true;
      options(form).then(function (given) { return ask(form, given); }).then(function (credential) {
        form.elements.credential.value = JSON.stringify(plain(credential));
        form.submit();
      }).catch(function () { trouble.hidden = false; });
    });
  });
})();
