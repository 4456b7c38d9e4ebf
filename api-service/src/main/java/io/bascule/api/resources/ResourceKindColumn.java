package io.bascule.api.resources;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** Kinds are in the database as they are in the API. */
@Converter
class ResourceKindColumn implements AttributeConverter<ResourceKind, String> {

    @Override
    public String convertToDatabaseColumn(ResourceKind kind) {
        return kind.text();
    }

    @Override
    public ResourceKind convertToEntityAttribute(String text) {
        return ResourceKind.of(text).orElseThrow();
    }
}
