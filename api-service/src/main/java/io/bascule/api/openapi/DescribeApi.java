package io.bascule.api.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** What holds for the whole API: how one signs in, what a refusal looks like. */
final class DescribeApi implements OpenApiCustomizer {

    private static final String PROBLEM = "Problem";
    private static final String FIELD_PROBLEM = "FieldProblem";

    @Override
    public void customise(OpenAPI api) {
        api.setInfo(new Info()
                .title("Bascule")
                .version("1")
                .description(
                        "Reach and automate what you cannot expose. Every refusal is a problem document (RFC 9457) "
                                + "with a stable code; lists come in pages: send `next` back as `cursor`.")
                .license(new License().name("Apache-2.0").identifier("Apache-2.0")));
        api.setServers(List.of(new Server().url("/")));
        api.setSecurity(
                List.of(new SecurityRequirement().addList("token"), new SecurityRequirement().addList("session")));
        api.setPaths(withReadableVersion(api.getPaths()));
        Components components = api.getComponents();
        signIns(components);
        components.addSchemas(FIELD_PROBLEM, fieldProblem());
        components.addSchemas(PROBLEM, problem());
        response(components, "Invalid", "The request breaks a rule; `errors` points at the fields");
        response(components, "SignInRequired", "Not signed in, or the token is invalid, expired or revoked");
        response(components, "Forbidden", "The role does not allow this, or the CSRF token is missing");
        response(components, PROBLEM, "Any other refusal, by its `code`");
    }

    /** The version as clients write it, with its letter. */
    private static Paths withReadableVersion(Paths paths) {
        var readable = new Paths();
        paths.forEach((path, item) -> readable.addPathItem(path.replaceFirst("^/api/(\\d)", "/api/v$1"), item));
        return readable;
    }

    private static void signIns(Components components) {
        components.addSecuritySchemes(
                "token",
                new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .bearerFormat("bsc_pat_…")
                        .description("A personal token from POST /api/v1/tokens"));
        components.addSecuritySchemes(
                "session",
                new SecurityScheme()
                        .type(SecurityScheme.Type.APIKEY)
                        .in(SecurityScheme.In.COOKIE)
                        .name("bascule_session")
                        .description(
                                "The cookie that POST /api/v1/session sets; whatever changes something also repeats "
                                        + "the cookie XSRF-TOKEN in the header X-XSRF-TOKEN"));
    }

    private static void response(Components components, String name, String description) {
        var problem = new MediaType().schema(reference(PROBLEM));
        components.addResponses(
                name,
                new ApiResponse()
                        .description(description)
                        .content(new Content().addMediaType("application/problem+json", problem)));
    }

    private static Schema<?> problem() {
        Schema<?> problem = new ObjectSchema()
                .addProperty("type", new StringSchema().format("uri").description("https://bascule.io/problems/<code>"))
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema().description("What the caller can change"))
                .addProperty("instance", new StringSchema())
                .addProperty("code", new StringSchema().description("Stable, in kebab case"))
                .addProperty("errors", new ArraySchema().items(reference(FIELD_PROBLEM)))
                .addProperty("traceId", new StringSchema());
        problem.setRequired(List.of("type", "title", "status", "detail", "code", "traceId"));
        return problem;
    }

    private static Schema<?> fieldProblem() {
        Schema<?> field = new ObjectSchema()
                .addProperty("pointer", new StringSchema().description("JSON pointer into the request's body"))
                .addProperty("detail", new StringSchema());
        field.setRequired(List.of("pointer", "detail"));
        return field;
    }

    private static Schema<?> reference(String schema) {
        return new Schema<>().$ref("#/components/schemas/" + schema);
    }
}
