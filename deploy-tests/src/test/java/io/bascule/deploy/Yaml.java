package io.bascule.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads and writes YAML as people would write it: no quotes that are not needed, keys in the order given. */
public final class Yaml {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper BLOCKS = new ObjectMapper(YAMLFactory.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .stringQuotingChecker(new DatesToo())
            .build());

    private Yaml() {}

    /** Readers of YAML 1.1 take them for times. */
    private static final class DatesToo extends StringQuotingChecker.Default {

        private static final long serialVersionUID = 1;

        @Override
        public boolean needToQuoteValue(String value) {
            return super.needToQuoteValue(value) || value.matches("[0-9]+[-:].*");
        }
    }

    /** All documents of a text, empty ones left out; anchors and merges are followed. */
    public static List<JsonNode> read(String text) {
        List<JsonNode> documents = new ArrayList<>();
        for (Object document : new org.yaml.snakeyaml.Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text)) {
            if (document != null) {
                documents.add(JSON.valueToTree(document));
            }
        }
        return documents;
    }

    /** A tree, made of JSON text that may leave out quotes. */
    public static JsonNode tree(String text) {
        return read(text).getFirst();
    }

    /** One document for each; what is written is read again and compared. */
    public static String write(List<? extends JsonNode> documents) {
        StringWriter text = new StringWriter();
        boolean first = true;
        for (JsonNode document : documents) {
            text.write(first ? "" : "---\n");
            text.write(one(document));
            first = false;
        }
        if (!read(text.toString()).equals(normal(documents))) {
            throw new IllegalStateException("this would be read as something else:\n" + text);
        }
        return text.toString();
    }

    private static String one(JsonNode document) {
        StringWriter text = new StringWriter();
        try (SequenceWriter writer = BLOCKS.writer().writeValues(text)) {
            writer.write(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Numbers as they are read, whatever kind of node they were made as. */
    private static List<JsonNode> normal(List<? extends JsonNode> documents) {
        List<JsonNode> normal = new ArrayList<>();
        for (JsonNode document : documents) {
            try {
                normal.add(JSON.readTree(JSON.writeValueAsString(document)));
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
        return normal;
    }
}
