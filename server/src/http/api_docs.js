// Starts Swagger UI at /docs/, to read and nothing else: no call is sent, nobody else validates the document, and there is no
// field for a key, which never belongs in a page.
window.addEventListener("load", () => {
  const nothing = () => () => null;
  const withoutKeys = () => ({
    wrapComponents: { AuthorizeBtnContainer: nothing, authorizeBtn: nothing, authorizeOperationBtn: nothing },
  });
  window.SwaggerUIBundle({
    dom_id: "#swagger-ui",
    url: "openapi.json",
    presets: [window.SwaggerUIBundle.presets.apis],
    plugins: [withoutKeys],
    supportedSubmitMethods: [],
    validatorUrl: "none",
    deepLinking: true,
  });
});
