package io.bascule.api.openapi;

import io.bascule.api.caller.Caller;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Gives an operation the name of its controller's noun and its method, and the refusals that any such operation can answer. */
final class DescribeOperation implements OperationCustomizer {

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        operation.setOperationId(noun(method) + "." + method.getMethod().getName());
        operation.setTags(List.of(feature(method)));
        if (Stream.of(method.getMethodParameters())
                .noneMatch(parameter -> parameter.getParameterType() == Caller.class)) {
            operation.setSecurity(List.of());
        } else {
            refusal(operation, "401", "SignInRequired");
            refusal(operation, "403", "Forbidden");
        }
        if (operation.getRequestBody() != null || operation.getParameters() != null) {
            refusal(operation, "400", "Invalid");
        }
        refusal(operation, "default", "Problem");
        if (method.getMethod().getReturnType() == SseEmitter.class) {
            operation.getResponses().values().forEach(DescribeOperation::asText);
        }
        return operation;
    }

    /** A stream of events is text; what writes it is not for clients to see. */
    private static void asText(ApiResponse response) {
        if (response.getContent() != null) {
            response.getContent().values().forEach(media -> media.setSchema(new StringSchema()));
        }
    }

    private static void refusal(Operation operation, String status, String response) {
        operation.getResponses().addApiResponse(status, new ApiResponse().$ref(response));
    }

    /** What the controller is about: {@code taskType} of {@code TaskTypeController}. */
    private static String noun(HandlerMethod method) {
        String controller = method.getBeanType().getSimpleName().replaceFirst("Controller$", "");
        return controller.substring(0, 1).toLowerCase(Locale.ROOT) + controller.substring(1);
    }

    private static String feature(HandlerMethod method) {
        String packageName = method.getBeanType().getPackageName();
        return packageName.substring(packageName.lastIndexOf('.') + 1);
    }
}
