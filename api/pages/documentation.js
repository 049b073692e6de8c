SwaggerUIBundle({ url: "/v1/openapi.json", dom_id: "#api", deepLinking: true, filter: true, validatorUrl: null, docExpansion: "none" });
