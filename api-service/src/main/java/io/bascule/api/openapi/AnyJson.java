package io.bascule.api.openapi;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.annotation.Annotation;
import java.util.Iterator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What is JSON of any form, read as a tree or written as it is, has a schema that allows everything. */
final class AnyJson implements ModelConverter {

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> others) {
        if (isTree(type) || isRaw(type.getCtxAnnotations())) {
            return new Schema<>();
        }
        return others.hasNext() ? others.next().resolve(type, context, others) : null;
    }

    private static boolean isTree(AnnotatedType type) {
        return Json.mapper().constructType(type.getType()).hasRawClass(JsonNode.class);
    }

    private static boolean isRaw(Annotation @Nullable [] annotations) {
        return annotations != null && Stream.of(annotations).anyMatch(JsonRawValue.class::isInstance);
    }
}
